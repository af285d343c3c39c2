"""The only writers of care."""
