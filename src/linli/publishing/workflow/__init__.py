"""The states of what publishing keeps, a file for each thing that it does."""
