"""Pages of training, credentials, mentoring and contests."""
