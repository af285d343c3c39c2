"""The only writers of venues: how they open, their rooms, bookings of them, what stands and lies in them."""
