"""Pages of notices: for those who write them, and for everybody."""
