"""Contacts, visits, quotas and gaps as they are read."""
