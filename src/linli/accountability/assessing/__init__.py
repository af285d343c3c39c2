"""Assessment schemes as data: what a profile says, how points come about, and what is never scored."""
