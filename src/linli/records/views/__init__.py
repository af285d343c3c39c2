"""Pages of the spine, by what they show."""
