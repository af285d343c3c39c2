"""The only writers of streets and of what is within a walk."""
