"""The only writers of mediation."""
