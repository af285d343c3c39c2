"""The only writers of property management."""
