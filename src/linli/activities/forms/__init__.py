"""What people fill in about activities and certificates."""
