"""What is done with bookings: the only writers."""
