"""The writers of accountability."""
