"""The writers of publishing."""
