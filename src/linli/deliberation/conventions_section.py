"""The profile section `conventions`: how long residents may comment, and by when a convention is filed."""

from pydantic import Field

from linli.records import profiles
from linli.records.profiles import Part


class ConventionsSection(Part):
    """`conventions.yaml`. A draft is open for comments for at least `comment_days` days.

    `answer_days` are the working days for answering comments, `file_days` those from publication until the
    convention is with the street, `receive_days` those in which the street receives it or sends it back.
    """

    comment_days: int = Field(default=7, ge=1, le=90)
    answer_days: int = Field(default=5, ge=1, le=60)
    file_days: int = Field(default=10, ge=1, le=90)
    receive_days: int = Field(default=5, ge=1, le=60)


def section() -> ConventionsSection:
    """What the profile in force says."""
    return profiles.current().section(ConventionsSection)
