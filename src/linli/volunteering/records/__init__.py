"""The record types of volunteering. None tells who somebody is, but for import: names and phones are never exported."""

from linli.volunteering.records import honours, neighbours, projects, volunteers

__all__ = ["honours", "neighbours", "projects", "volunteers"]
