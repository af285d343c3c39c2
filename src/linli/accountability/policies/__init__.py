"""Who may what, a file for each thing that accountability does."""
