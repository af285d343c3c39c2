"""Who sees and does what with activities, service records and certificates."""
