"""What is done with brochures: the only writers."""
