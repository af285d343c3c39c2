"""Filling an office's own form from the records: what its cells ask, what answers them, and the same file again."""
