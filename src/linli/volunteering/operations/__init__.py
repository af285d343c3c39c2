"""The only writers of volunteering."""
