"""The forms of matters: they parse and offer choices; every rule is in the operations."""
