"""The record types of volunteering."""
