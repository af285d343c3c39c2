"""The record types of deliberation: loading this loads them all."""

from linli.deliberation.records import conventions, funds, meetings, partnerships, polls, topics

__all__ = ["conventions", "funds", "meetings", "partnerships", "polls", "topics"]
