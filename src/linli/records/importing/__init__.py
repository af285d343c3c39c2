"""Import: a file is read by a map, row by row, and lands through the operations people use."""
