"""The record types of deliberation: loading this loads them all."""

from linli.deliberation.records import meetings, partnerships, polls, topics

__all__ = ["meetings", "partnerships", "polls", "topics"]
