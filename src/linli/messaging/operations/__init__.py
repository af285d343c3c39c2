"""The verbs of messages, one file per group; only these write."""
