"""The record types of deliberation."""
