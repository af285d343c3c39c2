"""Notices as they are read: the lists, one with what was done, whom one reaches, what is public, who subscribes."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q, QuerySet

from linli.accounts.models import User
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.workflow import Step
from linli.messaging.channels import channel_with, ready_channels
from linli.messaging.models import Delivery
from linli.notices import policies
from linli.notices.models import GroupRobot, Notice, NoticeFile, NoticeReach, Subscription
from linli.notices.sections import kind_names
from linli.notices.workflow import CHANNELS, CHATS, EMAIL, NOTICE, WRITE
from linli.organizations.models import Organization, Post
from linli.organizations.policies import held_on
from linli.organizations.sections import kinds_in_force
from linli.publishing.queries.divisions import PublicDivision, public_division
from linli.teams.models import TeamMember
from linli.territory.models import Place

PAGE: Final = 50
MANY: Final = 300
FEED: Final = 30
# Of a notice to fewer people nobody counts how many opened it: it would say who did.
FEWEST: Final = 5
GROUPS: Final = ("party_organization", "task_force", "volunteer_team", "self_government_body", "arts_group")
TONES: Final = {
    "draft": ("yellow", "clock"),
    "submitted": ("yellow", "clock"),
    "published": ("green", "circle-check"),
}
OVER: Final = ("grey", "circle-x")


@dataclass(frozen=True, slots=True)
class Reach:
    """How many a notice reaches: people with an account, each once, e-mail addresses, and group chats."""

    people: int
    addresses: int
    chats: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.people + self.addresses + self.chats


@dataclass(frozen=True, slots=True)
class Line:
    """A notice in a list."""

    row: Notice
    kind: str
    tone: tuple[str, str]
    over: bool


@dataclass(frozen=True, slots=True)
class NoticePage:
    """One notice with whom it is for, what may be done, and how many it went to by each channel."""

    line: Line
    steps: list[Step]
    verbs: list[str]
    reach: Reach
    posts: list[str]
    groups: list[str]
    files: list[NoticeFile]
    editions: list[Any]
    reaches: list["ReachLine"]

    @property
    def row(self) -> Notice:
        """The notice."""
        return self.line.row


@dataclass(frozen=True, slots=True)
class ReachLine:
    """How many a notice went to by one channel, with the channel's name."""

    row: NoticeReach
    name: str


@dataclass(frozen=True, slots=True)
class PublicPage:
    """What a place tells everybody, its subscription of the viewer's, and the branches of those who live elsewhere."""

    division: PublicDivision
    lines: list[Line]
    mine: Subscription | None
    by_mail: bool


def subscribers(notice: Notice) -> QuerySet[Subscription]:
    """Who subscribes to what a notice is: at its place or within, or as one of the branches it is addressed to.

    Whoever names a branch says so themselves and nobody has checked it, so only what is for everybody reaches them.
    """
    if not notice.public:
        return Subscription.objects.none()
    wanted = Q(place__path__startswith=notice.place.path)
    wanted |= Q(organization_id__in=notice.groups.values("organization_id"))
    right = Q(kinds=[]) | Q(kinds__contains=[notice.kind])
    return Subscription.objects.filter(wanted & right, confirmed__isnull=False, pace="each")


def accounts(notice: Notice) -> QuerySet[User]:
    """The accounts that a notice reaches: holders of posts, people of groups, subscribers; each is one."""
    groups = notice.groups.values("organization_id")
    there = Q(kind__in=notice.posts, place__path__startswith=notice.place.path) | Q(organization_id__in=groups)
    held = Post.objects.filter(there, held_on(clock.today()), confirmed=True, person__isnull=False)
    teams = TeamMember.objects.filter(team__organization_id__in=groups, until=None, person__isnull=False)
    wanted = Q(person_id__in=held.values("person_id")) | Q(person_id__in=teams.values("person_id"))
    wanted |= Q(pk__in=subscribers(notice).filter(user__isnull=False).values("user_id"))
    return User.objects.filter(wanted, is_active=True)


def by_mail(notice: Notice) -> QuerySet[Subscription]:
    """The e-mail addresses that a notice reaches; none where no mail server is set."""
    rows = subscribers(notice).filter(user=None)
    return rows if channel_with(EMAIL) else rows.none()


def chats(notice: Notice) -> QuerySet[GroupRobot]:
    """The group chats that a notice reaches, which only public ones do."""
    rows = GroupRobot.objects.filter(ended=None, place__path__startswith=notice.place.path)
    return rows if notice.public else rows.none()


def reach_of(notice: Notice) -> Reach:
    """How many a notice reaches."""
    return Reach(accounts(notice).count(), by_mail(notice).count(), chats(notice).count())


def listed(actor: Actor, kind: str, state: str, words: str, before: int | None) -> tuple[list[Line], int | None]:
    """A page of the notices that the actor keeps, the latest first, and the key of the next."""
    rows = Notice.objects.filter(policies.notices_kept_by(actor)).select_related("place")
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(state=state) if state else rows
    rows = rows.filter(Q(title__icontains=words) | Q(place__name__icontains=words)) if words else rows
    rows = rows.filter(pk__lt=before) if before is not None else rows
    page = list(rows.order_by("-pk")[: PAGE + 1])
    return _lines(page[:PAGE]), page[PAGE - 1].pk if len(page) > PAGE else None


def notice_kept(actor: Actor, pk: int) -> Notice:
    """One notice of those that the actor keeps. Raises: not_found"""
    row = Notice.objects.filter(policies.notices_kept_by(actor), pk=pk).select_related("place").first()
    if row is None:
        raise NotFound
    return row


def notice_page(actor: Actor, pk: int) -> NoticePage:
    """One notice for those who keep it. Raises: not_found"""
    row = notice_kept(actor, pk)
    kinds = kinds_in_force()
    return NoticePage(
        _lines([row])[0],
        [step for step in NOTICE.line_of_steps(row.state) if step.code != "submitted" or policies.needs_approval(row)],
        policies.verbs_of(actor, row),
        reach_of(row) if row.state in ("draft", "submitted") else Reach(0, 0, 0),
        [kinds[code].named if code in kinds else code for code in row.posts],
        list(row.groups.order_by("organization__name").values_list("organization__name", flat=True)),
        files_of(row),
        list(row.editions.order_by("-edition")),
        [ReachLine(item, CHANNELS.get(item.channel, item.channel)) for item in row.reaches.order_by("channel")],
    )


def files_of(notice: Notice) -> list[NoticeFile]:
    """The files of a notice that were not taken out."""
    return list(notice.files.filter(taken_out=None).select_related("file").order_by("pk"))


def notice_read(actor: Actor, pk: int) -> Line:
    """One notice for whoever reads it; of what is over or withdrawn only that. Raises: not_found"""
    rows = Notice.objects.filter(policies.notices_read_by(actor)).select_related("place")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFound
    return _lines([row])[0]


def file_read(actor: Actor, pk: int) -> NoticeFile:
    """A file of a notice that one keeps, or of one that holds and that one reads. Raises: not_found"""
    rows = NoticeFile.objects.filter(files_seen_by(actor), taken_out=None).select_related("file")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def files_seen_by(actor: Actor) -> Q:
    """The files that somebody gets: of the notices they keep, and of those they read as long as these hold."""
    kept = Notice.objects.filter(policies.notices_kept_by(actor))
    read = Notice.objects.filter(policies.notices_read_by(actor), policies.in_force())
    return Q(taken_out=None) & (Q(notice__in=kept.values("pk")) | Q(notice__in=read.values("pk")))


def public_page(actor: Actor, code: str, kind: str = "") -> PublicPage:
    """What a place and those above it tell everybody, and what the viewer subscribes to there. Raises: not_found"""
    division = public_division(code)
    mine = Subscription.objects.filter(user_id=actor.user_id, place=division.place) if actor.user_id else None
    lines = _lines(list(public_rows(division, kind)[:PAGE]))
    return PublicPage(division, lines, mine.first() if mine is not None else None, bool(channel_with(EMAIL)))


def public_rows(division: PublicDivision, kind: str = "") -> QuerySet[Notice]:
    """The public notices that hold at a place: its own and those of the places above, the latest first."""
    at = [division.place.pk, *(place.pk for place in division.above)]
    rows = Notice.objects.filter(policies.in_force(), public=True, place_id__in=at).select_related("place")
    return (rows.filter(kind=kind) if kind else rows).order_by("-published", "-pk")


def places(actor: Actor) -> QuerySet[Place]:
    """The places for which the actor writes."""
    return Place.objects.filter(policies.writing_places(actor)).order_by("path")[:MANY]


def groups(actor: Actor, row: Notice | None = None) -> QuerySet[Organization]:
    """The teams, squads and Party organisations of the places for which the actor writes, and those of a draft."""
    there = Place.objects.filter(policies.writing_places(actor)).values("pk")
    within = held_on(clock.today()) & (Q(place_id__in=there) | Q(place__community_id__in=there))
    if row is not None:
        within |= Q(pk__in=row.groups.values("organization_id"))
    return Organization.objects.filter(within, type__in=GROUPS).order_by("type", "name", "pk")[:MANY]


def post_kinds(actor: Actor, row: Notice | None = None) -> list[tuple[str, str]]:
    """The kinds of posts that somebody holds in the places for which the actor writes, and those of a draft."""
    held = Post.objects.filter(actor.places(WRITE), held_on(clock.today()), confirmed=True, person__isnull=False)
    found = set(held.values_list("kind", flat=True).distinct()) | set(row.posts if row else ())
    return [(code, kind.named) for code, kind in kinds_in_force().items() if code in found]


def branches(place: Place) -> QuerySet[Organization]:
    """The Party organisations of a place, for members who live elsewhere."""
    rows = Organization.objects.filter(held_on(clock.today()), type="party_organization")
    return rows.filter(place__path__startswith=place.path).order_by("name", "pk")


def robots(actor: Actor) -> list[tuple[GroupRobot, Any, str]]:
    """The group chats that the actor keeps, each with its channel and how its last test went."""
    rows = list(
        GroupRobot.objects.filter(policies.robots_kept_by(actor)).select_related("place").order_by("-pk")[:PAGE]
    )
    keys = {robot_key(row): row.pk for row in rows if row.tested}
    states = {
        keys[delivery.key]: str(delivery.get_state_display())
        for delivery in Delivery.objects.filter(key__in=list(keys)).only("key", "state")
    }
    return [(row, CHANNELS[row.channel], states.get(row.pk, "")) for row in rows]


def robot_key(robot: GroupRobot) -> str:
    """The key of the last test of a robot in the outbox."""
    return f"robot:{robot.pk}:{robot.tested.timestamp():.0f}" if robot.tested else ""


def chat_channels() -> list[tuple[str, Any]]:
    """The kinds of group chats that are set up here."""
    return [(code, CHANNELS[code]) for code in ready_channels() if code in CHATS]


def _lines(rows: list[Notice]) -> list[Line]:
    names, today = kind_names(), clock.today()
    return [
        Line(
            row,
            names.get(row.kind, row.kind),
            TONES.get(row.state, OVER),
            row.state == "published" and row.valid_until is not None and row.valid_until < today,
        )
        for row in rows
    ]
