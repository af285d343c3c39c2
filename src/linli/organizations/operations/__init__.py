"""The only writers of organisations, people and posts: one file per group of verbs."""
