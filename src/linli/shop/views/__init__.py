"""Pages of the shop: the desk of a shop, its counter, settlements; members and everybody."""
