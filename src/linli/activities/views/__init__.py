"""Pages of activities and of certificates."""
