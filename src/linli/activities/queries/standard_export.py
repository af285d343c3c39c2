"""What is handed over in the fields of the ministry's order (民政部令第67号), and what an employer is told.

What is kept of a person on higher floors (birth date, skills, honours) is told by whoever registers here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, QuerySet, Sum

from linli.activities.models import ServiceRecord
from linli.activities.policies import certificates as policies
from linli.activities.queries.certificates import unit_of
from linli.activities.queries.stars import hours
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.paging import older
from linli.organizations.models import Organization, Person, Post
from linli.organizations.policies import held_on

Sheet = tuple[str, tuple[str, ...], list[list[str]]]
PERSONAL: Final = ("姓名", "性别", "出生日期", "身份证件号码", "居住区域", "联系方式", "专业技能", "服务类别")
SERVICE: Final = (
    *("活动名称", "日期", "地点", "服务内容", "服务时间(小时)", "活动组织单位", "活动负责人"),
    *("服务质量评价", "评价日期"),
)
TRAINING: Final = ("名称", "主要内容", "学习时长(小时)", "举办单位", "日期")
AWARDS: Final = ("名称", "日期", "授予单位")
# Totals of fewer people than this would tell of single ones.
FEWEST: Final = 5
PAGE: Final = 50
TRAINED: Final = "training"
MOST: Final = 50_000
BODIES: Final = 300


@dataclass(frozen=True, slots=True)
class Told:
    """What a higher floor knows of a volunteer: personal fields by their names in the order, and awards."""

    personal: dict[str, str]
    awards: list[list[str]]


_tellers: list[Callable[[int], Told]] = []


def register_teller(teller: Callable[[int], Told]) -> None:
    """Let a higher floor tell what it keeps of a person, by the person's id."""
    if teller not in _tellers:
        _tellers.append(teller)


def sheets_of(person: Person, identity: str) -> list[Sheet]:
    """A person's own records in the fields of the order; the identity number is what they typed and kept nowhere."""
    told = [teller(person.pk) for teller in _tellers]
    personal = {"姓名": person.name, "联系方式": person.phone or "", "身份证件号码": identity}
    for each in told:
        personal = {**each.personal, **personal}
    rows = list(own_records(person.pk).order_by("day", "pk")[:MOST])
    trained = [row for row in rows if row.source_type == TRAINED]
    served = [row for row in rows if row.source_type != TRAINED]
    return [
        ("个人基本信息", PERSONAL, [[personal.get(name, "") for name in PERSONAL]]),
        ("志愿服务情况", SERVICE, [_service(row) for row in served]),
        ("培训情况", TRAINING, [_training(row) for row in trained]),
        ("表彰奖励情况", AWARDS, [line for each in told for line in each.awards]),
    ]


def _service(row: ServiceRecord) -> list[str]:
    where = row.place.name
    return [
        row.name,
        row.day.isoformat(),
        where,
        row.content,
        hours(row.minutes),
        unit_of(row),
        row.responsible,
        "",
        "",
    ]


def _training(row: ServiceRecord) -> list[str]:
    return [row.name, row.content, hours(row.minutes), unit_of(row), row.day.isoformat()]


def own_records(person_id: int) -> QuerySet[ServiceRecord]:
    """The attested records of a person."""
    rows = ServiceRecord.objects.filter(person_id=person_id, state="attested")
    return rows.select_related("organization", "place")


def statement(person_id: int, before: tuple[date, int] | None) -> tuple[list[ServiceRecord], str]:
    """A page of a person's attested records, the newest first, and the key of the next."""
    rows = own_records(person_id)
    if before:
        rows = rows.filter(older("day", before))
    page = list(rows.order_by("-day", "-pk")[: PAGE + 1])
    more = page[PAGE - 1] if len(page) > PAGE else None
    return page[:PAGE], f"{more.day}.{more.pk}" if more else ""


def years_of(person_id: int) -> list[tuple[int, str, int]]:
    """The years in which a person served, each with hours and number of records, the newest first."""
    rows = ServiceRecord.objects.filter(person_id=person_id, state="attested").values("day__year")
    found = rows.annotate(minutes=Sum("minutes"), times=Count("pk")).order_by("-day__year")
    return [(item["day__year"], hours(item["minutes"]), item["times"]) for item in found]


@dataclass(frozen=True, slots=True)
class Totals:
    """What a body is told of the service of its members in a period; no numbers where fewer than five served."""

    body: Organization
    since: date
    until: date
    members: int
    served: int | None
    hours: str
    times: int | None


def bodies_for(actor: Actor) -> list[Organization]:
    """The bodies whose totals somebody may ask for."""
    rows = Organization.objects.filter(policies.bodies_reckoned_by(actor), until=None)
    return list(rows.order_by("name", "pk")[:BODIES])


def body_for(actor: Actor, pk: int) -> Organization:
    """One of them. Raises: not_found"""
    rows = Organization.objects.filter(policies.bodies_reckoned_by(actor), pk=pk).select_related("place")
    found = rows.first()
    if found is None:
        raise NotFound
    return found


def totals_of(body: Organization, since: date, until: date) -> Totals:
    """How much the members of a body served in a period: totals only, never names, never of fewer than five."""
    posts = Post.objects.filter(held_on(clock.today()), organization=body, person__isnull=False)
    members = posts.values("person")
    rows = ServiceRecord.objects.filter(state="attested", day__gte=since, day__lte=until, person__in=members)
    found = rows.aggregate(served=Count("person", distinct=True), minutes=Sum("minutes"), times=Count("pk"))
    count = members.distinct().count()
    if found["served"] < FEWEST:
        return Totals(body, since, until, count, None, "", None)
    return Totals(body, since, until, count, found["served"], hours(found["minutes"] or 0), found["times"])


def recorded_by(body: Organization, since: date, until: date) -> list[ServiceRecord]:
    """What a body recorded in a period, for the hand-over to the ministry's system."""
    rows = ServiceRecord.objects.filter(organization=body, state="attested", day__gte=since, day__lte=until)
    return list(rows.select_related("organization", "place", "person").order_by("day", "pk")[:MOST])


def sheet_of(rows: list[ServiceRecord]) -> Sheet:
    """These records with the names of who served, in the fields of the order; neither phones nor identity numbers."""
    return ("志愿服务情况", ("姓名", *SERVICE), [[row.person.name, *_service(row)] for row in rows])
