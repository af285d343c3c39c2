"""The profile section `mediation`: kinds of disputes, studios by name, and the days that mediation takes."""

from typing import Final

from pydantic import Field

from linli.records import profiles
from linli.records.profiles import Labelled, Part

KINDS: Final = (
    Labelled(code="neighbours", label="邻里", label_en="neighbours"),
    Labelled(code="family", label="婚姻家庭", label_en="marriage and family"),
    Labelled(code="property", label="物业", label_en="property management"),
    Labelled(code="damages", label="损害赔偿", label_en="damages"),
    Labelled(code="homestead", label="宅基地", label_en="homestead"),
    Labelled(code="wages", label="劳动报酬", label_en="wages"),
    Labelled(code="consumers", label="消费", label_en="consumers"),
    Labelled(code="other", label="其他", label_en="other"),
)


class MediationSection(Part):
    """`mediation.yaml`. A mediation ends within `due_days` days; who asks hears within `accept_days` working days.

    `confirm_days` are those within which the parties may ask a court together to confirm their agreement (People's
    Mediation Law, article 33), `sign_days` and `visit_days` working days for the signatures and the return visit.
    """

    kinds: tuple[Labelled, ...] = KINDS
    studios: tuple[Labelled, ...] = ()
    accept_days: int = Field(default=3, ge=1, le=30)
    due_days: int = Field(default=30, ge=1, le=180)
    sign_days: int = Field(default=5, ge=1, le=30)
    confirm_days: int = Field(default=30, ge=1, le=30)
    visit_days: int = Field(default=10, ge=1, le=90)


def section() -> MediationSection:
    """What the profile in force says."""
    return profiles.current().section(MediationSection)


def kind_names() -> dict[str, str]:
    """What kinds of disputes are called in the active language."""
    return {item.code: item.named for item in section().kinds}


def studio_names() -> dict[str, str]:
    """What the studios are called."""
    return {item.code: item.named for item in section().studios}
