"""The only writers of secondments."""
