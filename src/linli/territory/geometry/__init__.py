"""Shapes: coordinate systems, topology and the index that locates a point. No database here."""
