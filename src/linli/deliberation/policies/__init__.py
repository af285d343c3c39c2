"""What may be done with what residents and bodies decide together."""
