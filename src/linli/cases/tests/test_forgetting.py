"""Who raised a matter is forgotten when the time is up: not a day earlier, never while it is open."""

from datetime import date, timedelta

import pytest

from linli.cases.models import Case, Reporter
from linli.cases.operations.forgetting import reporters_forget
from linli.cases.operations.intake import Report, case_report
from linli.cases.tests.town import Town
from linli.core import clock
from linli.core.actors import VISITOR
from linli.core.models import Entry

PERSONAL = ("name", "phone", "phone_hash", "behalf_of", "user_id")


def reported(town: Town, **ended: object) -> Reporter:
    """A reporter whose matter ended as given."""
    report = Report(text="井盖松动", place_id=town.compound.pk, reporter_name="李奶奶", phone="10012345678")
    pk = case_report(actor=VISITOR, report=report).case_id
    Case.objects.filter(pk=pk).update(received_on=date(2020, 1, 1), **ended)
    return Reporter.objects.get(case_id=pk)


@pytest.mark.parametrize(
    ("state", "days", "kept"),
    [
        ("closed", 364, True),
        ("closed", 365, True),
        ("rated", 366, False),
        ("withdrawn", None, False),
        ("taken", None, True),
        ("dispatched", None, True),
    ],
)
def test_reporters_are_forgotten_a_year_after_the_end(town: Town, state: str, days: int | None, kept: bool) -> None:
    closed = None if days is None else clock.today() - timedelta(days=days)
    row = reported(town, state=state, closed_on=closed)
    assert reporters_forget() == (0 if kept else 1)
    row.refresh_from_db()
    assert [getattr(row, name) is None for name in ("name", "phone", "phone_hash")] == [not kept] * 3
    assert Case.objects.filter(pk=row.case_id).exists()


def test_forgetting_twice_finds_nothing_and_is_journalled_once(town: Town) -> None:
    row = reported(town, state="closed", closed_on=date(2020, 2, 1))
    assert (reporters_forget(), reporters_forget()) == (1, 0)
    row.refresh_from_db()
    assert not [name for name in PERSONAL if getattr(row, name) is not None]
    assert Entry.objects.filter(operation="case.forget_reporters").count() == 1
