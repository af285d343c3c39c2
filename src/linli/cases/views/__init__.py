"""Pages of matters. Views parse, call one operation or query, and render; GET changes no business row."""
