"""Reads of accountability: what is published of a place, and models of working with what bears them."""
