"""Who may what, a file for each thing that publishing does."""
