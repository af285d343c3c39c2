"""Whom the demo place sends to communities: a first secretary in the middle of the term, an official, a work list."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from linli.accounts.operations.issuing import account_activate, accounts_issue
from linli.accounts.queries import actor_of
from linli.core import clock
from linli.core.actors import SYSTEM, Actor
from linli.core.calendar import add_months
from linli.demo.conventions import HOME
from linli.demo.days import days_ago
from linli.demo.people import PASSWORD, SECONDED
from linli.organizations.operations.people import Named
from linli.secondments.models import Secondment
from linli.secondments.operations.months import month_confirm, month_state, secondments_check
from linli.secondments.operations.reviews import Review, review_answer, review_write
from linli.secondments.operations.selections import Call, selection_decide, selection_open
from linli.secondments.operations.terms import Sending, Support, secondment_begin, secondment_support, transfer_make
from linli.secondments.operations.work_lists import Issue, work_list_done, work_list_issue
from linli.secondments.queries.terms import periods_over
from linli.territory.models import Place

NEIGHBOUR: Final = "桥东社区居民委员会"
STREET: Final = "中兴路街道"
RULE: Final = 22


def secondments_begin(actors: Mapping[str, Actor]) -> None:
    """Two people are sent after a selection; months are stated and confirmed, but for the first and the last."""
    officer = actors["jiedao"]
    with days_ago(190):
        call = Call(_place(STREET).pk, "首批社区第一书记选派", "first_secretary", 1, "政治素质过硬、熟悉党建工作")
        chosen = selection_open(actor=officer, call=call)
    with days_ago(170):
        today = clock.today()
        selection_decide(actor=officer, selection_id=chosen.pk, considered=4, on=today, by="街道党工委会议")
    with days_ago(160):
        first = secondment_begin(actor=officer, sending=_sending(HOME, "演示第一书记", chosen.pk))
        other = _sending(NEIGHBOUR, "演示驻点干部", None, role="seconded_official", unit="县城市管理综合执法局")
        secondment_begin(actor=officer, sending=other)
    with days_ago(150):
        paid = Support(Decimal(1_000_000), clock.today(), Decimal(8000), clock.today())
        secondment_support(actor=officer, secondment_id=first.pk, version=1, support=paid)
        for kind in ("party_membership", "management", "assessment"):
            transfer_make(actor=officer, secondment_id=first.pk, kind=kind, on=clock.today(), to="中兴路街道党工委")
    serves = _account(first)
    _months(serves, actors["shuji"], first)
    with days_ago(6):
        until = clock.today() + timedelta(days=30)
        due, tasks = clock.today() + timedelta(days=20), ["宣讲惠民政策", "走访困难群众十户", "协调解决一件难事"]
        issued = work_list_issue(
            actor=officer,
            issue=Issue(_place(STREET).pk, "本月驻社区工作清单", clock.today(), until, due, tasks, duty="publicise"),
        )
    with days_ago(3):
        _reviewed(officer, serves, first)
    with days_ago(2):
        done = issued.items.filter(secondment=first).order_by("pk")[0]
        work_list_done(actor=serves, item_id=done.pk, result="在小区广场宣讲一场，六十多人到场")
    secondments_check()


def _place(name: str) -> Place:
    return Place.objects.get(name=name)


def _sending(
    place: str, name: str, selection: int | None, role: str = "first_secretary", unit: str = "县供水公司"
) -> Sending:
    return Sending(
        role=role,
        place_id=_place(place).pk,
        since=clock.today(),
        named=Named(name, staff_number=SECONDED if selection else "zhudian"),
        unit=unit,
        category="county",
        target="把社区党组织建强，办成十件群众关心的事",
        duty="指导社区党组织，协调解决难题，联系走访居民",
        selection_id=selection,
    )


def _account(row: Secondment) -> Actor:
    """Give whoever serves an account."""
    assert row.post_id
    (issued,) = accounts_issue(actor=SYSTEM, post_ids=[row.post_id])
    return actor_of(account_activate(actor=SYSTEM, username=issued.username, code=issued.code, password=PASSWORD))


def _months(serves: Actor, secretary: Actor, row: Secondment) -> None:
    """State each month but the first, and confirm each but the last, a few days after it was over."""
    month = add_months(row.since.replace(day=1), 1)
    last = add_months(clock.today().replace(day=1), -1)
    while month <= last:
        with clock.frozen(clock.now() if month == last else _after(month)):
            days = RULE - (month.month % 3 == 0)
            given = month_state(actor=serves, secondment_id=row.pk, month=month, days=days)
            if month != last:
                month_confirm(actor=secretary, month_id=given.pk)
        month = add_months(month, 1)


def _after(month: date) -> datetime:
    return datetime.combine(add_months(month, 1) + timedelta(days=2), time(9), clock.SHANGHAI)


def _reviewed(officer: Actor, serves: Actor, row: Secondment) -> None:
    """The street reviews the quarter before last, between two as well, and is answered once."""
    today, given = clock.today(), {"own": Decimal(92), "residents": Decimal("88.5"), "bodies": Decimal(90)}
    periods = periods_over(row, "quarter", today)
    if periods:
        note = "带头走访，会前准备充分；重点任务还要再快一点"
        review = Review(today, periods[-1][0], **given, grade="good", note=note, action="下季度先办完两件难事")
        written = review_write(actor=officer, secondment_id=row.pk, review=review)
        review_answer(actor=serves, review_id=written.pk, text="两件难事已列入本月清单，月底前办结")
    between = Review(today, note="街道到社区谈话一次，了解工作和生活困难", action="帮助协调值班用房")
    review_write(actor=officer, secondment_id=row.pk, review=between)
