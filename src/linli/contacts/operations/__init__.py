"""The only writers of contacts, visits and what came of them."""
