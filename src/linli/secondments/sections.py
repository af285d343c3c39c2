"""The profile section `secondments`: the roles in which people are sent, and what each of them is owed and owes."""

from typing import Annotated, Final, Literal

from pydantic import Field

from linli.records import profiles
from linli.records.profiles import Labelled, Part

Transfer = Literal["party_membership", "payroll", "management", "assessment"]

Reviewed = Literal["", "quarter", "half_year"]


class Role(Labelled):
    """In what role somebody is sent. What is 0 or empty is not asked for.

    `post` is the kind of post that a secondment gives. `review` says of which periods the office that manages them
    reviews those who are sent. `days_a_month` is the rule for days on site (22, say);
    `insurance` and `fund` are what the sending body must pay for at least, in yuan, and `visits_a_quarter` how often
    its head comes at least; `transfers` go to the host and back; with `fixed` place, person, target and duty must all
    be written down at the beginning.
    """

    post: str = ""
    term_months: int = Field(default=0, ge=0, le=120)
    days_a_month: int = Field(default=0, ge=0, le=31)
    insurance: int = Field(default=0, ge=0)
    fund: int = Field(default=0, ge=0)
    visits_a_quarter: int = Field(default=0, ge=0, le=90)
    review: Reviewed = ""
    transfers: tuple[Transfer, ...] = ()
    fixed: bool = False


ROLES: Final = (
    Role(code="first_secretary", label="第一书记", label_en="first secretary", also=("驻村第一书记", "社区第一书记")),
    Role(code="seconded_official", label="驻村干部", label_en="seconded official", also=("驻村工作队员", "工作队员")),
)


GRADES: Final = (
    Labelled(code="excellent", label="优秀", label_en="excellent"),
    Labelled(code="good", label="良好", label_en="good"),
    Labelled(code="fair", label="合格", label_en="satisfactory", also=("一般", "称职", "基本合格")),
    Labelled(code="weak", label="不合格", label_en="not satisfactory", also=("较差", "不称职")),
)


class SecondmentsSection(Part):
    """`secondments.yaml`. `grades` are those of reviews. `duties` is the catalogue of duties (一宣六帮, say) under
    whose headings tasks stand.

    A month is stated within `state_days` working days after it is over and confirmed within `confirm_days`; a period
    is reviewed within `review_days`; whoever keeps secondments is reminded `end_days` days before a term ends.
    """

    roles: Annotated[tuple[Role, ...], Field(min_length=1)] = ROLES
    grades: Annotated[tuple[Labelled, ...], Field(min_length=1)] = GRADES
    duties: tuple[Labelled, ...] = ()
    state_days: int = Field(default=5, ge=1, le=30)
    confirm_days: int = Field(default=5, ge=1, le=30)
    review_days: int = Field(default=20, ge=1, le=90)
    end_days: int = Field(default=30, ge=1, le=180)


def section() -> SecondmentsSection:
    """What the profile in force says."""
    return profiles.current().section(SecondmentsSection)


def roles() -> dict[str, Role]:
    """The roles by their codes, those no longer given included."""
    return {item.code: item for item in section().roles}


def duty_names() -> dict[str, str]:
    """What the headings of the catalogue of duties are called."""
    return {item.code: item.named for item in section().duties}


def grade_names() -> dict[str, str]:
    """What the grades of reviews are called."""
    return {item.code: item.named for item in section().grades}


def role_of(code: str) -> Role:
    """What is asked of a role; nothing of one that the profile no longer knows."""
    return roles().get(code) or Role(code=code, label=code)
