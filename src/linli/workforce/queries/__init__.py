"""Training, credentials and mentoring as they are read."""
