"""The operations of accounts, one file per group of verbs."""
