"""Reads of menus, orders and suggestions."""
