"""What pages, doors and figures read of deliberation."""
