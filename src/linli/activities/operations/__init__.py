"""The only writers of activities, of what people did in them, and of certificates."""
