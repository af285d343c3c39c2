"""The record types of deliberation: loading this loads them all."""

from linli.deliberation.records import meetings, partnerships, topics

__all__ = ["meetings", "partnerships", "topics"]
