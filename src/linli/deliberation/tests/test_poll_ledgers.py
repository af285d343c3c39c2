"""Votes that an office held before come in as totals, once, and count as figures; other places' stay theirs."""

from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from pytest_django import Settings

from linli.accounts.testing import Cast
from linli.core.actors import SYSTEM
from linli.core.calendar_table import calendar_seed
from linli.core.errors import DomainError
from linli.deliberation.models import Poll
from linli.deliberation.operations.poll_ledgers import poll_record_many
from linli.records.figures import compute
from linli.records.models import Batch
from linli.records.operations.imports import import_take_back
from linli.records.operations.profiles import content_apply
from linli.records.tests.sampling import AS_OF, table, take_in

pytestmark = pytest.mark.django_db
HEADERS: Final = ["表决事项", "表决日期", "应到", "实到", "同意票", "反对票", "弃权票", "是否通过"]
IMPORTS: Final = {
    "maps": [
        {
            "id": "votes",
            "signature": {"headers": ["表决事项", "同意票"]},
            "required": ["表决事项", "表决日期", "应到", "实到"],
            "key": ["表决事项", "表决日期"],
            "records": [
                {
                    "type": "poll",
                    "columns": {
                        "title": "表决事项",
                        "held": "表决日期",
                        "heads": "应到",
                        "present": "实到",
                        "votes_for": "同意票",
                        "votes_against": "反对票",
                        "abstained": "弃权票",
                        "met": "是否通过",
                    },
                }
            ],
        }
    ]
}
FIGURES: Final = [
    {"id": "votes.adopted", "of": "poll", "where": {"met": True}, "measure": "count", "period": "cumulative"},
    {"id": "votes.for", "of": "poll", "measure": {"sum": "votes_for"}, "period": "cumulative"},
]


@pytest.fixture(autouse=True)
def place(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    calendar_seed(actor=SYSTEM)


def test_a_ledger_comes_in_once_is_counted_and_can_be_taken_back(cast: Cast, tmp_path: Path) -> None:
    content_apply(actor=SYSTEM, content=lambda held: {**held, "figures": {"figures": FIGURES}, "imports": IMPORTS})
    rows: list[list[Any]] = [
        ["停车位划线", "2026-03-01", 60, 48, 40, 6, 2, "是"],
        ["引入新物业", "2026-04-01", 300, 199, 150, 49, 0, "否"],
        ["多于到会", "2026-04-02", 30, 20, 19, 2, 0, "是"],
        ["多于应到", "2026-04-03", 30, 31, 19, 2, 0, "是"],
    ]
    done = take_in(table(tmp_path / "表决台账.csv", HEADERS, rows))
    assert [(item.row, item.code) for item in done[0].rejected] == [(4, "poll.parts"), (5, "poll.parts")]
    kept = {poll.title: poll for poll in Poll.objects.all()}
    assert {(poll.state, poll.imported) for poll in kept.values()} == {("published", True)}
    assert (kept["停车位划线"].votes_for, kept["停车位划线"].met, kept["引入新物业"].met) == (40, True, False)
    assert [compute.compute(code, AS_OF).value for code in ("votes.adopted", "votes.for")] == [1, 190]
    assert take_in(table(tmp_path / "再来.csv", HEADERS, rows))[0].created == 0
    import_take_back(actor=SYSTEM, batch_id=Batch.objects.earliest("pk").pk)
    assert not Poll.objects.exists()


def test_totals_of_another_place_are_not_taken_away(cast: Cast) -> None:
    row = {"title": "停车位划线", "held": date(2026, 3, 1), "heads": 60, "present": 48}
    here, away = ({**row, "place": cast.places[name].pk} for name in ("community", "far_community"))
    (pk,) = poll_record_many(actor=cast.outsider, rows=[away])
    assert poll_record_many(actor=cast.outsider, rows=[away]) == [pk]
    for rows in ([away], [{**here, "id": pk}]):
        with pytest.raises(DomainError, match=r"poll\.not_yours"):
            poll_record_many(actor=cast.community_worker, rows=rows)
    assert Poll.objects.get().place == cast.places["far_community"]
