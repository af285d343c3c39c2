"""The only writers of shops, goods, stock, redemptions and settlements."""
