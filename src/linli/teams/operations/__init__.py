"""The only writers of teams."""
