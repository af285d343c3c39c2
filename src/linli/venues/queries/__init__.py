"""Venues as they are read."""
