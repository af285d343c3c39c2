"""What is done with training, credentials and mentoring: the only writers."""
