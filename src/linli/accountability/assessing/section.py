"""The profile section `assessments.yaml`: schemes of assessment, each with who, when, by what and what for.

Units are assessed, and holders of posts that the place pays or sends; nobody else can be named here. What no schema
can say (weights, figures, what is never scored) is in checking.py.
"""

from decimal import Decimal
from typing import Any, Final, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import Field, model_validator

from linli.accountability.assessing.scoring import Rule
from linli.records import profiles
from linli.records.profiles import Labelled, Part

Subject = Literal["organization", "place", "post"]
Source = Literal["figure", "self", "public", "organization"]
PeriodKind = Literal["quarter", "half_year", "year", "term"]
Role = Literal["above", "county", "street", "community", "sending", "named"]
SUBJECTS: Final = (("organization", _("organisations")), ("place", _("places")), ("post", _("holders of posts")))
SOURCES: Final = (
    ("figure", _("computed from the records")),
    ("self", _("self-assessment")),
    ("public", _("rating by the public")),
    ("organization", _("organisational rating")),
)
PERIODS: Final = (
    ("quarter", _("every quarter")),
    ("half_year", _("every half-year")),
    ("year", _("every year")),
    ("term", _("at the end of a term")),
)


class Assessor(Part):
    """A body that rates: the one above, the office of a level, the body that sent somebody, or one by its name."""

    role: Role
    name: str = ""
    type: str = "office"

    @model_validator(mode="after")
    def _named(self) -> "Assessor":
        if (self.role == "named") != bool(self.name):
            raise ValueError("an assessor has a name exactly where its role is `named`")
        return self


class Criterion(Labelled):
    """What counts and how much: a figure with its rule, or points that somebody gives."""

    weight: Decimal = Field(gt=0, le=100)
    source: Source = Field(alias="from")
    figure: str = ""
    rule: Rule | None = None
    answers: int = Field(default=10, ge=1)
    by: tuple[Assessor, ...] = ()
    scale: Literal["points", "met"] = "points"
    stated: bool = False
    gate: Decimal | None = Field(default=None, gt=0, le=100)
    note: str = ""

    @model_validator(mode="after")
    def _whole(self) -> "Criterion":
        if (self.source in ("figure", "public")) != bool(self.figure and self.rule):
            raise ValueError("figure and rule belong to criteria from `figure` and `public`, and to no others")
        if (self.source == "organization") != bool(self.by):
            raise ValueError("`by` says which bodies rate, of criteria from `organization`")
        if self.stated and self.source != "organization":
            raise ValueError("`stated` belongs to criteria from `organization`: the assessed say first how they stand")
        return self

    @property
    def computed(self) -> bool:
        """Whether the points come from a figure."""
        return self.source in ("figure", "public")


class Grade(Labelled):
    """A grade: from which total on, which gates must be met, what it is used for, how long it is valid."""

    least: Decimal = Field(alias="from", ge=0, le=100)
    requires: tuple[str, ...] = ()
    use: str = ""
    valid_months: int = Field(default=0, ge=0, le=120)


class Scheme(Labelled):
    """One scheme. `kinds` are types of organisations, levels of places or kinds of posts."""

    of: Subject
    kinds: tuple[str, ...] = Field(min_length=1)
    body_kinds: tuple[str, ...] = ()
    period: PeriodKind
    criteria: tuple[Criterion, ...] = Field(min_length=1)
    grades: tuple[Grade, ...] = ()
    basis: str = Field(min_length=1)
    note: str = ""
    joint: bool = False
    published: bool = False
    due_days: int = Field(default=10, ge=1, le=90)
    objection_days: int = Field(default=5, ge=1, le=60)
    decimals: int = Field(default=2, ge=0, le=4)

    @property
    def live(self) -> tuple[Criterion, ...]:
        """The criteria that count; those that a later profile left out are kept as retired."""
        return tuple(item for item in self.criteria if not item.retired)

    def criterion(self, code: str) -> Criterion | None:
        """The criterion of this code."""
        return next((item for item in self.live if item.code == code), None)

    def grade(self, code: str) -> Grade | None:
        """The grade of this code."""
        return next((item for item in self.grades if item.code == code), None)

    def grades_down(self) -> list[Grade]:
        """The grades from the highest threshold down."""
        return sorted((item for item in self.grades if not item.retired), key=lambda item: -item.least)

    @property
    def of_persons(self) -> bool:
        """Whether persons are assessed, whose scores are theirs and the assessors' alone."""
        return self.of == "post"


class AssessmentsSection(Part):
    """`assessments.yaml`."""

    schemes: tuple[Scheme, ...] = ()


def schemes() -> dict[str, Scheme]:
    """The schemes in force by their codes."""
    section = profiles.current().section(AssessmentsSection)
    return {item.code: item for item in section.schemes if not item.retired}


def parsed(definition: dict[str, Any]) -> Scheme:
    """A scheme as a round keeps it."""
    return Scheme.model_validate(definition)
