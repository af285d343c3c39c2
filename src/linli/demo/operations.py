"""The demo place: a profile, ledgers taken in, people with accounts, and matters on their way.

Everything goes through the operations that people use; the clock is set back for what happened before today.
"""

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from linli.accountability.operations.alerts import alerts_check
from linli.accounts.operations.issuing import account_activate, accounts_issue
from linli.accounts.operations.owning import account_register
from linli.accounts.queries import actor_of
from linli.cases.operations import dispatching, finishing, publishing, rating, screening, supervising, whistles
from linli.cases.operations.intake import Report, case_register, case_report
from linli.cases.policies import reporter_key
from linli.core import clock
from linli.core.actors import SYSTEM, VISITOR, Actor
from linli.core.calendar_table import calendar_seed
from linli.demo.activities import activities_begin
from linli.demo.bodies import bodies_begin
from linli.demo.bookings import bookings_begin
from linli.demo.brochures import brochures_begin
from linli.demo.campaigns import campaigns_begin
from linli.demo.care import care_begin
from linli.demo.careers import careers_begin
from linli.demo.circles import circles_begin
from linli.demo.contacts import contacts_begin
from linli.demo.conventions import conventions_begin
from linli.demo.disclosure import disclosure_begin
from linli.demo.emergencies import emergencies_begin
from linli.demo.funds import funds_begin
from linli.demo.mediations import mediations_begin
from linli.demo.meetings import meetings_begin
from linli.demo.members import members_begin
from linli.demo.neighbours import neighbours_begin
from linli.demo.notices import notices_begin
from linli.demo.orders import orders_begin
from linli.demo.paperwork import paperwork_begin
from linli.demo.people import CAST, PASSWORD, RESIDENT, Cast
from linli.demo.points import points_begin
from linli.demo.polls import polls_begin
from linli.demo.property import property_begin
from linli.demo.safety import safety_begin
from linli.demo.secondments import secondments_begin
from linli.demo.services import services_begin
from linli.demo.shop import shop_begin
from linli.demo.squads import squads_begin
from linli.demo.stories import STORIES, Step, Story
from linli.demo.tales import tales_begin
from linli.demo.teams import teams_begin
from linli.demo.topics import topics_begin
from linli.demo.venues import venues_begin
from linli.demo.volunteering import volunteering_begin
from linli.demo.workforce import workforce_begin
from linli.organizations.models import Organization
from linli.organizations.operations.recording import post_record_many
from linli.records.importing.report import FileReport
from linli.records.operations.imports import files_import
from linli.records.operations.profiles import profile_apply
from linli.territory.models import Place

SAMPLE: Final = Path(__file__).parent / "sample"
# The ledger of matters ends on this day; it and that of surveys are moved so that it ends shortly before today.
LAST_DAY: Final = date(2026, 11, 24)
DATED: Final = ("诉求台账.csv", "满意度测评台账.csv")
VERBS: Final[Mapping[str, Callable[..., Any]]] = {
    "accept": screening.case_accept,
    "contact": screening.case_contact,
    "dispatch": dispatching.case_dispatch,
    "take": dispatching.case_take,
    "return": dispatching.case_return,
    "ask_extension": dispatching.case_ask_extension,
    "publish": publishing.summary_publish,
    "resolve_on_the_spot": finishing.case_resolve_on_the_spot,
    "finish": finishing.case_finish,
    "verify": finishing.case_verify,
    "confirm": finishing.case_confirm,
    "close": finishing.case_close,
    "reopen": finishing.case_reopen,
    "urge": supervising.case_urge,
    "whistle": whistles.whistle_call,
}


def place_open(profile: Path, ledgers: Path) -> list[FileReport]:
    """Apply a profile and take in a folder of ledgers."""
    calendar_seed(actor=SYSTEM)
    profile_apply(actor=SYSTEM, folder=profile)
    return files_import(actor=SYSTEM, paths=[ledgers], as_of=clock.today())


def neighbourhood_open() -> list[FileReport]:
    """The project's own small neighbourhood, with its people, a year behind it and matters on their way."""
    with _moved_to(clock.today()) as sample:
        reports = place_open(sample / "profile", sample)
    actors = {member.username: _join(member) for member in CAST}
    account_register(actor=VISITOR, username=RESIDENT, password=PASSWORD)
    _live(actors)
    paperwork_begin(actors)
    disclosure_begin(actors)
    tales_begin(actors)
    meetings_begin(actors)
    polls_begin(actors)
    topics_begin(actors)
    conventions_begin(actors)
    funds_begin(actors)
    bodies_begin(actors)
    squads_begin(actors)
    mediations_begin(actors)
    bookings_begin(actors)
    property_begin(actors)
    care_begin(actors)
    circles_begin(actors)
    contacts_begin(actors)
    points_begin(actors)
    volunteering_begin(actors)
    activities_begin(actors)
    orders_begin(actors)
    secondments_begin(actors)
    shop_begin(actors)
    members_begin(actors)
    workforce_begin(actors)
    careers_begin(actors)
    teams_begin(actors)
    campaigns_begin(actors)
    services_begin(actors)
    venues_begin(actors)
    emergencies_begin(actors)
    neighbours_begin(actors)
    brochures_begin(actors)
    notices_begin(actors)
    safety_begin(actors)
    alerts_check()
    return reports


@contextmanager
def _moved_to(today: date) -> Iterator[Path]:
    """A copy of the sample whose matters end four days ago, so that the demo never grows old."""
    by = today - timedelta(days=4) - LAST_DAY
    with TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(SAMPLE, Path(folder) / "sample"))
        for name in DATED:
            ledger = copy / "ledgers" / name
            text = ledger.read_text("utf-8-sig")
            ledger.write_text(
                re.sub(r"\d{4}-\d\d-\d\d", lambda found: str(date.fromisoformat(found[0]) + by), text), "utf-8-sig"
            )
        yield copy


def _join(member: Cast) -> Actor:
    """Give a person their post and an account."""
    body = Organization.objects.filter(name=member.body).first() if member.body else None
    place = body.place_id if body else Place.objects.get(name=member.place).pk
    row = {
        "name": member.name,
        "staff_number": member.username,
        "kind": member.post,
        "place": place,
        "organization": body.pk if body else None,
        "since": clock.today() - timedelta(days=200),
    }
    (post_id,) = post_record_many(actor=SYSTEM, rows=[row])
    (issued,) = accounts_issue(actor=SYSTEM, post_ids=[post_id])
    user = account_activate(actor=SYSTEM, username=issued.username, code=issued.code, password=PASSWORD)
    return actor_of(user)


def _live(actors: Mapping[str, Actor]) -> None:
    """Let the stories happen, all in the order of time, each step at its own hour but none after now."""
    now = clock.now()
    lines: list[tuple[datetime, int, Step | None]] = []
    for number, story in enumerate(STORIES):
        began = min(clock.day_start(clock.today() - timedelta(days=story.days)) + timedelta(hours=9), now)
        lines.append((began, number, None))
        lines += [(began + timedelta(hours=step.hours), number, step) for step in story.steps]
    cases: dict[int, int] = {}
    for at, number, step in sorted(lines, key=lambda line: line[0]):
        with clock.frozen(min(at, now)):
            if step is None:
                cases[number] = _report(actors, STORIES[number])
            else:
                _make(actors, cases[number], step)


def _report(actors: Mapping[str, Actor], story: Story) -> int:
    where = Place.objects.get(type=Place.Type.COMPOUND, name=story.place)
    if story.building:
        where = Place.objects.get(type=Place.Type.BUILDING, parent=where, name=story.building)
    report = Report(
        text=story.text,
        place_id=where.pk,
        kind=story.kind,
        source="resident" if not story.who else "grid_patrol" if story.who == "wangge" else "window",
        phone="10012345678" if story.phone else "",
        callback=story.callback,
        planned_end=clock.today() + timedelta(days=story.planned) if story.planned else None,
    )
    if story.who:
        return case_register(actor=actors[story.who], report=report).case_id
    return case_report(actor=VISITOR, report=report).case_id


def _make(actors: Mapping[str, Actor], case_id: int, step: Step) -> None:
    """One step, by the operation behind the button."""
    actor = Actor(key=reporter_key(case_id), label="") if step.who == "reporter" else actors[step.who]
    values = {_argument(name): _bodies(name, value) for name, value in step.values}
    if step.verb == "rate":
        rating.case_rate(actor=actor, case_id=case_id, word=rating.Word(**values))
    else:
        VERBS[step.verb](actor=actor, case_id=case_id, **values)


def _argument(name: str) -> str:
    return f"{name}_id" if name == "lead" else name


def _bodies(name: str, value: Any) -> Any:
    """Bodies by their names in the ledgers."""
    if name == "lead":
        return Organization.objects.get(name=value).pk
    if name == "departments":
        return [Organization.objects.get(name=item).pk for item in value]
    return value
