"""A place with schemes, people who rate, and surveys to compute from: what the tests of assessments stand on."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from linli.accountability.models import Assessed, Assessment, AssessmentPart
from linli.accountability.operations import assessments as rounds
from linli.accountability.operations import rating, scoring
from linli.accountability.operations.assessments import Opening
from linli.accountability.operations.rating import Given
from linli.accountability.operations.surveys import Counted, survey_record
from linli.accounts.models import User
from linli.accounts.neighbourhood import Cast
from linli.accounts.operations.issuing import person_account
from linli.accounts.queries import actor_of
from linli.core.actors import SYSTEM, Actor
from linli.organizations.operations.people import Named
from linli.organizations.operations.posts import Appointment, post_appoint
from linli.records.operations.profiles import content_apply

BEGUN: Final = "2026-06-02T09:00"
OVER: Final = "2026-07-02T09:00"
FIGURES: Final[list[dict[str, Any]]] = [
    {"id": "surveys", "label": "测评次数", "of": "satisfaction_survey", "period": "year_to_date"},
    {"id": "answered", "of": "satisfaction_survey", "measure": {"sum": "answered"}, "period": "year_to_date"},
    {"id": "satisfied", "of": "satisfaction_survey", "measure": {"sum": "satisfied"}, "period": "year_to_date"},
    {
        "id": "satisfaction",
        "label": "满意率",
        "ratio": {"of": "satisfied", "over": "answered", "times": 100},
        "decimals": 1,
    },
]
UNITS: Final[dict[str, Any]] = {
    "code": "community_quarter",
    "label": "社区季度考核",
    "of": "place",
    "kinds": ["community"],
    "period": "quarter",
    "basis": "县考核办法",
    "published": True,
    "criteria": [
        {
            "code": "surveys",
            "label": "开展测评",
            "weight": 20,
            "from": "figure",
            "figure": "surveys",
            "rule": {"met": {"at_least": 1}},
        },
        {
            "code": "satisfaction",
            "label": "群众满意",
            "weight": 40,
            "from": "public",
            "figure": "satisfaction",
            "rule": {"linear": {"from": 60, "to": 90}},
            "gate": 50,
        },
        {"code": "own", "label": "自评", "weight": 10, "from": "self"},
        {"code": "street", "label": "街道评价", "weight": 30, "from": "organization", "by": [{"role": "street"}]},
    ],
    "grades": [
        {
            "code": "good",
            "label": "好",
            "from": 80,
            "requires": ["satisfaction"],
            "use": "评先选优",
            "valid_months": 12,
        },
        {"code": "fair", "label": "一般", "from": 60},
    ],
}
PERSONS: Final[dict[str, Any]] = {
    "code": "worker_half_year",
    "label": "社区工作者半年考核",
    "of": "post",
    "kinds": ["community_worker"],
    "period": "half_year",
    "basis": "县考核办法",
    "joint": True,
    "criteria": [
        {"code": "own", "label": "晒绩自评", "weight": 20, "from": "self"},
        {
            "code": "bodies",
            "label": "联合考核",
            "weight": 80,
            "from": "organization",
            "by": [{"role": "street"}, {"role": "county"}],
        },
    ],
    "grades": [{"code": "good", "label": "优秀", "from": 90}, {"code": "fair", "label": "合格", "from": 60}],
}
STARS: Final[dict[str, Any]] = {
    "code": "stars",
    "label": "五星支部创建",
    "of": "organization",
    "kinds": ["party_organization"],
    "period": "year",
    "basis": "县创建办法",
    "criteria": [
        {
            **{"code": "safe", "label": "平安星", "weight": 100, "from": "organization", "stated": True},
            **{"scale": "met", "by": [{"role": "above"}]},
        },
    ],
}
TERM: Final = {**PERSONS, "code": "worker_term", "label": "期满联合考核", "period": "term"}


@dataclass
class Stage:
    """The cast with those who rate: a second street officer, and one of the county's office."""

    cast: Cast
    officer: Actor
    second: Actor
    county: Actor
    secretary: Actor

    def open(self, scheme: str = "community_quarter", place: str = "street", actor: Actor | None = None) -> Assessment:
        """A round over the street, for the period of the day."""
        opening = Opening(scheme, self.cast.places[place].pk, date(2026, 5, 20))
        return rounds.assessment_open(actor=actor or self.officer, opening=opening)

    def assessed(self, row: Assessment, label: str = "春晓") -> Assessed:
        """One of the assessed by the beginning of the name."""
        return Assessed.objects.get(assessment=row, label__startswith=label)

    def part(self, row: Assessment, criterion: str, label: str = "春晓", number: int = 0) -> AssessmentPart:
        """What is asked for a criterion of one of the assessed."""
        parts = AssessmentPart.objects.filter(assessed=self.assessed(row, label), criterion=criterion)
        return parts.get(number=number)

    def give(self, actor: Actor, part: AssessmentPart, points: str) -> AssessmentPart:
        """Give a part as it stands now."""
        part.refresh_from_db()
        return rating.part_rate(actor=actor, part_id=part.pk, version=part.version, given=Given(Decimal(points)))

    def all_given(self, row: Assessment, points: str = "90") -> None:
        """Give all that is asked of places, whoever would have to."""
        for part in AssessmentPart.objects.filter(assessed__assessment=row):
            if part.organization_id is None and part.post_id is None:
                body = self.cast.bodies["far_office"].pk
                rating.part_assign(actor=SYSTEM, part_id=part.pk, organization_id=body)
            AssessmentPart.objects.filter(pk=part.pk).update(points=Decimal(points))

    def scored(self, row: Assessment) -> Assessment:
        """The round with its figures frozen, all given and scored."""
        rounds.assessment_freeze(actor=self.officer, assessment_id=row.pk)
        self.all_given(row)
        rounds.ratings_close(actor=self.officer, assessment_id=row.pk)
        return scoring.assessment_score(actor=self.officer, assessment_id=row.pk)


def staged(cast: Cast) -> Stage:
    """Apply the schemes and appoint who is missing."""
    schemes = {"schemes": [UNITS, PERSONS, TERM, STARS]}
    extra = {"figures": {"figures": FIGURES}, "assessments": schemes}
    content_apply(actor=SYSTEM, content=lambda held: {**held, **extra})
    second = appointed(cast, "秦望", "street_officer", "street")
    county = appointed(cast, "唐越", "county_leader", "county")
    return Stage(cast, cast.actors["street_officer"], second, county, cast.actors["secretary"])


def appointed(cast: Cast, name: str, kind: str, place: str, body: str = "") -> Actor:
    """Somebody new in a post."""
    appointment = Appointment(
        kind=kind,
        place_id=cast.places[place].pk,
        named=Named(name, staff_number=f"ZZ{name}"),
        organization_id=cast.bodies[body].pk if body else None,
        since=date(2025, 1, 1),
    )
    post = post_appoint(actor=SYSTEM, appointment=appointment)
    user = person_account(actor=SYSTEM, person_id=post.person_id or 0)
    return actor_of(User.objects.get(pk=user.pk))


def survey(cast: Cast, place: str, satisfied: int, answered: int = 120) -> None:
    """A survey of the second quarter."""
    counted = Counted("测评", cast.places[place].pk, date(2026, 5, 12), 200, answered, satisfied)
    survey_record(actor=SYSTEM, counted=counted)
