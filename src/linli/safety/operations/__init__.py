"""What changes patrols, inspections, hazards and plans for events."""
