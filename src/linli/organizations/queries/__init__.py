"""Reads of organisations, people and posts, one file per question."""
