"""The forms of accountability, a file for each thing that it does."""
