"""Secondments as they are read."""
