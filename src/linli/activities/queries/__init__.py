"""What activities, service records and certificates are read as."""
