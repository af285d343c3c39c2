"""Who sees and keeps volunteers, teams, projects and volunteer posts."""
