"""The lives of topics, polls and meetings."""
