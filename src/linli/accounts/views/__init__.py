"""The pages of accounts: one's own, and those of the security administrator."""
