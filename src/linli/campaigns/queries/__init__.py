"""Campaigns as they are read."""
