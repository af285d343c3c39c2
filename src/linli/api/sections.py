"""The profile section `open311.yaml`: whether the place answers GeoReport v2. Off where a place says nothing."""

from linli.records import profiles
from linli.records.profiles import Part


class Open311Section(Part):
    """`open311.yaml`."""

    on: bool = False
    contact: str = ""


def open311() -> Open311Section:
    """The section in force."""
    return profiles.current().section(Open311Section)
