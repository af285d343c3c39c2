"""The profile section `care`: the kinds of help to which people agree, and how long a body has for what is asked."""

from typing import Final

from pydantic import Field

from linli.records import profiles
from linli.records.profiles import Labelled, Part

HELPS: Final = (
    Labelled(code="meals", label="助餐", label_en="meals"),
    Labelled(code="cleaning", label="助洁", label_en="cleaning"),
    Labelled(code="errands", label="代办购物", label_en="errands and shopping"),
    Labelled(code="company", label="陪同外出", label_en="company on the way"),
    Labelled(code="haircut", label="理发", label_en="haircut"),
    Labelled(code="day_care", label="日间照料", label_en="day care"),
    Labelled(code="minding", label="临时看护", label_en="minding children"),
    Labelled(code="homework", label="课后陪伴", label_en="company after school"),
)


class CareSection(Part):
    """`care.yaml`. `helps` are kinds of help, never conditions of people. A body gives what it was asked for within
    `serve_days` working days, or says that it cannot; whoever asks by account hears from the community within
    `reach_days`."""

    helps: tuple[Labelled, ...] = HELPS
    serve_days: int = Field(default=5, ge=1, le=60)
    reach_days: int = Field(default=2, ge=1, le=20)


def section() -> CareSection:
    """What the profile in force says."""
    return profiles.current().section(CareSection)


def help_names() -> dict[str, str]:
    """What the kinds of help are called in the active language."""
    return {item.code: item.named for item in section().helps}
