"""Many at once on a real database: of two that exclude each other one wins, and the loser is told why."""

from collections.abc import Callable
from typing import Any

from linli.cases.models import Case, Rating
from linli.cases.operations.dispatching import case_recall, case_return, case_take
from linli.cases.operations.finishing import (
    case_close,
    case_close_unconfirmed,
    case_finish,
    case_reject,
    case_reopen,
    case_verify,
)
from linli.cases.operations.intake import Report, case_report
from linli.cases.operations.rating import Word, case_rate
from linli.cases.operations.screening import case_accept
from linli.cases.tests.town import build, create_for
from linli.core import clock
from linli.core.actors import VISITOR
from linli.core.errors import DomainError
from linli.core.models import Entry, WorkItem
from linli.core.testing.fixtures import OwnDatabase


def outcome(database: OwnDatabase, *calls: Callable[[], Any]) -> list[str]:
    """What each call got: the code of its refusal, or `done`."""
    answers = database.together(*calls)
    unexpected = [item for item in answers if isinstance(item, Exception) and not isinstance(item, DomainError)]
    assert not unexpected, unexpected
    return sorted(item.code if isinstance(item, DomainError) else "done" for item in answers)


def test_two_desks_take_one_matter(own_database: OwnDatabase) -> None:
    town = build()
    pk = create_for(town, "received").pk
    got = outcome(
        own_database,
        lambda: case_accept(actor=town.desk, case_id=pk),
        lambda: case_accept(actor=town.second_desk, case_id=pk),
    )
    assert got == ["case.state", "done"]
    assert Entry.objects.filter(operation="case.accept", subject_id=pk).count() == 1
    assert WorkItem.objects.filter(subject_id=pk, ended=None).count() == 1


def test_return_against_finish(own_database: OwnDatabase) -> None:
    town = build()
    case = create_for(town, "taken")
    got = outcome(
        own_database,
        lambda: case_return(actor=town.electrician, case_id=case.pk, reason="无权", proposed_id=town.water.pk),
        lambda: case_finish(actor=town.electrician, case_id=case.pk, result="已经修好了灯"),
    )
    assert got in (["case.state", "done"], ["done", "not_found"])
    assert Case.objects.get(pk=case.pk).state in {"accepted", "done"}


def written(pk: int, *verbs: str) -> list[str]:
    """Which of these steps the journal knows of a matter."""
    names = [f"case.{verb}" for verb in verbs]
    entries = Entry.objects.filter(subject_type="case", subject_id=pk, operation__in=names).order_by("id")
    return [entry.operation.removeprefix("case.") for entry in entries]


def test_return_against_close(own_database: OwnDatabase) -> None:
    """One colleague hands back what another finishes and the desk closes at once: it is either back or closed."""
    town = build()
    pk = create_for(town, "taken").pk

    def close() -> Case:
        case_finish(actor=town.electrician, case_id=pk, result="已经修好了灯")
        case_verify(actor=town.desk, case_id=pk)
        return case_close(actor=town.desk, case_id=pk)

    got = outcome(
        own_database,
        lambda: case_return(actor=town.electrician, case_id=pk, reason="无权", proposed_id=town.water.pk),
        close,
    )
    ended = (got, Case.objects.get(pk=pk).state, written(pk, "return", "finish", "close"))
    # Who loses to a return no longer sees the matter; who loses to a finish is told the state.
    assert ended in (
        (["done", "not_found"], "accepted", ["return"]),
        (["case.state", "done"], "closed", ["finish", "close"]),
    )
    assert WorkItem.objects.filter(subject_id=pk, ended=None).count() == (ended[1] == "accepted")


def test_sent_back_against_close(own_database: OwnDatabase) -> None:
    """One desk closes what another finds not done."""
    with clock.frozen("2026-03-10T09:00") as held:
        town = build()
        pk = create_for(town, "done").pk
        held.move_to(clock.now().replace(day=24))
        version = Case.objects.get(pk=pk).version
        got = outcome(
            own_database,
            lambda: case_reject(actor=town.second_desk, case_id=pk, reason="还没亮", version=version),
            lambda: case_close_unconfirmed(actor=town.desk, case_id=pk, version=version),
        )
    assert got == ["case.stale", "done"]
    assert (Case.objects.get(pk=pk).state, written(pk, "reject", "close_unconfirmed")) in (
        ("taken", ["reject"]),
        ("closed", ["close_unconfirmed"]),
    )


def test_recall_against_take(own_database: OwnDatabase) -> None:
    town = build()
    case = create_for(town, "dispatched")
    got = outcome(
        own_database,
        lambda: case_recall(actor=town.desk, case_id=case.pk, reason="派错"),
        lambda: case_take(actor=town.electrician, case_id=case.pk),
    )
    assert got in (["case.state", "done"], ["done", "not_found"])


def test_rating_against_reopen(own_database: OwnDatabase) -> None:
    town = build()
    case = create_for(town, "closed")
    reporter = town.reporter(case.pk)
    got = outcome(
        own_database,
        lambda: case_rate(actor=reporter, case_id=case.pk, word=Word(True, 5)),
        lambda: case_reopen(actor=reporter, case_id=case.pk, reason="又坏了"),
    )
    state = Case.objects.get(pk=case.pk).state
    rated = Rating.objects.filter(answered__isnull=False).count()
    # Rating first leaves a rated matter that may still be reopened; reopening first leaves nothing to rate.
    assert (got, state, rated) in [
        (["done", "done"], "accepted", 1),
        (["done", "rating.state"], "accepted", 0),
    ]


def test_closing_twice_writes_once(own_database: OwnDatabase) -> None:
    with clock.frozen("2026-03-10T09:00") as held:
        town = build()
        case = create_for(town, "done")
        held.move_to(clock.now().replace(day=24))
        got = outcome(
            own_database,
            *[lambda: case_close_unconfirmed(actor=town.desk, case_id=case.pk) for _number in range(4)],
        )
    assert got == ["case.state", "case.state", "case.state", "done"]


def test_twenty_clients_with_one_key_make_one_matter(own_database: OwnDatabase) -> None:
    town = build()
    data = Report(text="楼道灯坏了", place_id=town.compound.pk, phone="10000000001")
    calls = [lambda: case_report(actor=VISITOR, report=data, key="same") for _number in range(20)]
    answers = own_database.together(*calls)
    assert len({answer.case_id for answer in answers}) == 1
    assert len([answer for answer in answers if answer.code]) == 1
    assert Case.objects.count() == 1
    assert Entry.objects.filter(operation="case.receive").count() == 1
