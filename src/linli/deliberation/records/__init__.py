"""The record types of deliberation: loading this loads them all."""

from linli.deliberation.records import bodies, conventions, funds, meetings, partnerships, polls, squads, topics

__all__ = ["bodies", "conventions", "funds", "meetings", "partnerships", "polls", "squads", "topics"]
