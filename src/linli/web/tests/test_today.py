"""The work list: decisions first, then overdue, today and later, each with what to do, where and who holds it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.cases.operations.dispatching import case_return
from linli.cases.tests.town import Town, build, create_for, report
from linli.core import clock
from linli.core.actors import Actor
from linli.core.models import WorkItem
from linli.web.queries import owed


@pytest.fixture
def town(db: None) -> Town:
    with clock.frozen("2026-03-10T09:00"):
        return build()


def shown(actor: Actor) -> dict[str, list[str]]:
    return {group.code: [item.title for item in group.items] for group in owed(actor).groups}


def test_grouped_by_how_pressing_it_is(town: Town) -> None:
    with clock.frozen("2026-03-10T09:00") as held:
        late, today, later = (report(town, text) for text in ("灯甲", "灯乙", "灯丙"))
        now = clock.now()
        for receipt, due in ((late, now - timedelta(hours=30)), (today, now + timedelta(hours=3)), (later, None)):
            WorkItem.objects.filter(subject_id=receipt.case_id).update(due=due)
        found = shown(town.desk)
        assert {code: len(items) for code, items in found.items()} == {"late": 1, "today": 1, "later": 1}
        assert late.number in found["late"][0]
        first = owed(town.desk).groups[0].items[0]
        assert (first.tone, first.holder, first.place) == ("orange", town.office.name, town.compound.name)
        assert first.url == f"/cases/{late.case_id}/"
        assert str(first.task)
        held.move(timedelta(hours=16))
        assert [len(items) for items in shown(town.desk).values()] == [2, 1]


def test_the_arbiter_sees_decisions_first(town: Town) -> None:
    with clock.frozen("2026-03-10T09:00"):
        case = create_for(town, "dispatched")
        case_return(actor=town.electrician, case_id=case.pk, reason="无权", proposed_id=None)
        item = WorkItem.objects.get(subject_id=case.pk, ended=None)
        assert item.kind == "case.arbitrate"
        arbiter = Actor(key="user:a", label="", post_ids=(item.post_id or 0,))
        assert list(shown(arbiter)) == ["decide"]


def test_what_nobody_holds_is_shown_to_who_dispatches_there(town: Town) -> None:
    with clock.frozen("2026-03-10T09:00"):
        receipt = report(town)
        WorkItem.objects.filter(subject_id=receipt.case_id).update(organization_id=None, post_id=None)
        assert shown(town.desk)
        assert not shown(town.outsider)
        assert not shown(town.electrician)


def test_the_list_costs_the_same_whatever_its_length(town: Town) -> None:
    with clock.frozen("2026-03-10T09:00"):
        for number in range(12):
            report(town, f"灯{number}")
        with CaptureQueriesContext(connection) as held:
            assert owed(town.desk).count == 12
        assert len(held) <= 5


def test_an_item_bears_its_own_colour_where_that_is_worse_than_its_time(town: Town) -> None:
    late = clock.now() - timedelta(minutes=1)
    soon = clock.now() + timedelta(days=3)
    for number, (colour, due) in enumerate((("orange", soon), ("red", late), ("", late), ("yellow", late), ("", soon))):
        WorkItem.objects.create(
            kind="alert.answer",
            subject_type="alert",
            subject_id=number,
            title=str(number),
            place_id=town.community.pk,
            organization_id=town.office.pk,
            raised=clock.now(),
            due=due,
            colour=colour,
        )
    tones = {item.title: item.tone for group in owed(town.desk).groups for item in group.items}
    assert [tones[str(number)] for number in range(5)] == ["orange", "red", "orange", "orange", "green"]
