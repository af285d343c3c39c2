"""Reads of volunteering: the roster, teams, projects, posts, one's own, and candidates for who asks for help."""
