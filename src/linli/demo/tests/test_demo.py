"""The demo place: everything lands, and each kind of user can sign in and sees what they came for."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db.models import Max
from django.test import Client

from linli.accountability.models import AskAnswer, Assessment, IssuedReport
from linli.cases.models import Case, Whistle
from linli.cases.queries.tasks import task_board
from linli.core import clock
from linli.core.models import WorkItem
from linli.core.testing.fixtures import OwnDatabase
from linli.demo.operations import SAMPLE
from linli.demo.people import CAST, PASSWORD
from linli.records.models import Batch
from linli.territory.models import Place


@pytest.mark.slow
def test_the_neighbourhood_lives(demo_database: OwnDatabase) -> None:
    taken_in = Batch.objects.values_list("file", "state", "report__rejected")
    assert [batch for batch in taken_in if batch[1:] != ("done", [])] == []
    # A file that nobody could read has no line there.
    ledgers = (path.relative_to(SAMPLE) for path in SAMPLE.rglob("*.*") if path.suffix in (".csv", ".geojson"))
    assert {path.as_posix() for path in ledgers} <= {file for file, _state, _rejected in taken_in}
    assert Place.objects.filter(type="grid").count() == 18
    states = Counter(Case.objects.filter(imported=False).values_list("state", flat=True))
    expected = {"rated": 2, "received": 6, "accepted": 2, "taken": 4, "dispatched": 4, "with_arbiter": 1, "done": 2}
    assert states == {**expected, "closed": 3}
    board = task_board()
    assert (len(board.ahead), len(board.finished), board.helped) == (2, 2, 366)
    # A living desk: a few calls to make, and little of what is owed is late.
    owed = WorkItem.objects.filter(ended=None)
    assert owed.filter(kind="reporter.call").count() == 2
    late = Counter(owed.filter(due__lt=clock.now()).values_list("kind", flat=True))
    # The last is the week's forum, on a Sunday evening.
    assert late <= Counter(
        ("meeting.minutes", "disclosure.post", "resolution.task", "case.handle", "commitment.keep", "meeting.convene")
    )
    assert Case.objects.get(reopened=1).state == "taken"
    assert Whistle.objects.get().state == "called"
    report = IssuedReport.objects.get()
    assert report.figures.filter(figure__value=None).count() < report.figures.count() > 15
    assert Case.objects.filter(imported=True).aggregate(last=Max("received_on")) == {
        "last": clock.today() - timedelta(days=4)
    }
    for member in CAST:
        client = Client()
        assert _sign_in(client, member.username) == 302, member.username
        assert client.get("/").context["actor"].label == member.name
    desk = Client()
    _sign_in(desk, "shequ")
    # Two communities and a company have not answered yet.
    assert list(AskAnswer.objects.values_list("answered", flat=True)) == [None] * 3
    assert Assessment.objects.get().state == "opened"
    for address in (
        "/cases/",
        "/cases/desk/",
        "/asks/",
        "/reports/",
        "/assessments/",
        "/figures/",
        "/figures/matters.rate/",
        "/records/case/",
        "/imports/",
    ):
        assert desk.get(address).status_code == 200, address


def _sign_in(client: Client, name: str) -> int:
    """Sign in through the page, as a person does."""
    return int(client.post("/accounts/login/", {"login": name, "password": PASSWORD}).status_code)
