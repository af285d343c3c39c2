"""The only writers of territory: one file per group of verbs."""
