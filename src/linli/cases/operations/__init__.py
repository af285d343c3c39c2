"""The only writers of matters: one file per group of verbs."""
