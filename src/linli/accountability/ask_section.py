"""The profile section `asks`: how long before its due date an ask must be sent, and how long answers are kept."""

from pydantic import Field

from linli.records import profiles
from linli.records.profiles import Part


class AsksSection(Part):
    """`asks.yaml`.

    An ask due in fewer working days than `lead_days` needs the reason of an emergency and is counted. Answers are
    destroyed `retention_days` after they were given, unless the ask says otherwise, and never later than `longest`.
    """

    lead_days: int = Field(default=2, ge=0, le=60)
    retention_days: int = Field(default=365, ge=1, le=3650)
    longest: int = Field(default=1095, ge=1, le=3650)


def section() -> AsksSection:
    """The section in force."""
    return profiles.current().section(AsksSection)
