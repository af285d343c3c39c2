"""The demo place: a profile, ledgers taken in, people with accounts, and matters on their way.

Everything goes through the operations that people use.
"""

from datetime import timedelta
from pathlib import Path
from typing import Final

from linli.accounts.operations.issuing import account_activate, accounts_issue
from linli.accounts.queries import actor_of
from linli.cases.operations.dispatching import case_dispatch, case_take
from linli.cases.operations.finishing import case_finish
from linli.cases.operations.intake import Report, case_report
from linli.cases.operations.screening import case_accept
from linli.core import clock
from linli.core.actors import SYSTEM, VISITOR, Actor
from linli.core.calendar_table import calendar_seed
from linli.demo.people import CAST, PASSWORD, Cast
from linli.organizations.models import Organization
from linli.organizations.operations.recording import post_record_many
from linli.records.importing.report import FileReport
from linli.records.operations.imports import files_import
from linli.records.operations.profiles import profile_apply
from linli.territory.models import Place

SAMPLE: Final = Path(__file__).parent / "sample"
FRESH: Final = (
    ("演示一小区", "路灯照明", "演示一小区3号楼前路灯三天不亮,夜里看不清路", "chengguan"),
    ("演示二小区", "供水供电", "演示二小区1号楼早上水压很低", "gongshui"),
    ("演示一小区", "停车秩序", "演示一小区东门消防通道被堵,请疏导", ""),
    ("演示二小区", "环境卫生", "演示二小区2号楼旁建筑垃圾堆放多日", "chengguan"),
)


def place_open(profile: Path, ledgers: Path) -> list[FileReport]:
    """Apply a profile and take in a folder of ledgers."""
    calendar_seed(actor=SYSTEM)
    profile_apply(actor=SYSTEM, folder=profile)
    return files_import(actor=SYSTEM, paths=[ledgers], as_of=clock.today())


def neighbourhood_open() -> list[FileReport]:
    """The project's own small neighbourhood, with its people and a few fresh matters."""
    reports = place_open(SAMPLE / "profile", SAMPLE)
    actors = {member.username: _join(member) for member in CAST}
    for number, (place, category, text, handler) in enumerate(FRESH):
        _matter(actors, number, place, category, text, handler)
    return reports


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


def _matter(actors: dict[str, Actor], number: int, place: str, category: str, text: str, handler: str) -> None:
    """One fresh matter, taken a step further than the one before."""
    where = Place.objects.get(type=Place.Type.COMPOUND, name=place)
    receipt = case_report(actor=VISITOR, report=Report(text=text, place_id=where.pk, phone="10012345678"))
    if not handler:
        return
    desk = actors["shequ"]
    case_accept(actor=desk, case_id=receipt.case_id, category=category)
    body = actors[handler].organization_ids[0]
    case_dispatch(actor=desk, case_id=receipt.case_id, lead_id=body)
    if number > 0:
        case_take(actor=actors[handler], case_id=receipt.case_id)
    if number > 2:
        case_finish(actor=actors[handler], case_id=receipt.case_id, result="当日已清运建筑垃圾两车,现场已打扫。")
