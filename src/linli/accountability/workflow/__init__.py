"""The lives of what accountability keeps, as tables, a file for each thing that it does."""
