"""The only writers of deliberation."""
