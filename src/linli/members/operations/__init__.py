"""The writers of registrations, turn-outs, pairings, areas and posts."""
