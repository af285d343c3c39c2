"""Service items, requests and appointments as they are read."""
