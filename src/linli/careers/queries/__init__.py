"""Careers as they are read."""
