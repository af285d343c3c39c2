"""The forms of publishing, a file for each thing that it does."""
