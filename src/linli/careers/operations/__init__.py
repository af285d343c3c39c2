"""The only writers of careers."""
