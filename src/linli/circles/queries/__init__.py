"""Reads: what goes into a computation, what came of it, the streets themselves."""
