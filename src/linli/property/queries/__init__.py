"""Reads of property management."""
