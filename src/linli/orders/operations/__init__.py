"""The only writers of menus of services and of orders."""
