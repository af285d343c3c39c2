"""Pages of service orders: the desk, the menu, one's own orders, what was offered, the public menu."""
