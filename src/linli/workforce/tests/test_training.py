"""Training, credentials and mentoring as operations: who may, what is refused, what counts, what is owed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.core.models import Entry, WorkItem
from linli.workforce.models import Credential, TrainingAttendance, TrainingSession
from linli.workforce.operations import credentials, gaps, judging, mentoring, study, training
from linli.workforce.operations.ledgers import item_record_many, items_refused
from linli.workforce.operations.study import Group
from linli.workforce.operations.training import Plan
from linli.workforce.queries import growth
from linli.workforce.queries.gaps import period_of, rules_held
from linli.workforce.queries.training import own_page
from linli.workforce.sections import TrainingRule, section
from linli.workforce.tests.trained import (
    DAY,
    EVERYBODY,
    LECTURE,
    MENTORED,
    came,
    contested,
    paired,
    person,
    planned,
    ruled,
    shown,
)

pytestmark = pytest.mark.django_db


def code_of(call: Callable[..., Any], **given: Any) -> str:
    """How it is refused; nothing where it is done."""
    try:
        with transaction.atomic():
            call(**given)
    except DomainError as error:
        return error.code
    return ""


def record(cast: Cast, session: TrainingSession, role: str, outcomes: dict[str, str]) -> str:
    """Put down who came, as a role; how it is refused."""
    given = {person(cast, name): outcome for name, outcome in outcomes.items()}
    call = training.attendance_record
    return code_of(call, actor=cast.actors[role], session_id=session.pk, outcomes=given)


def test_a_session_is_planned_and_several_are_put_down_at_once(cast: Cast) -> None:
    session = planned(cast)
    assert record(cast, session, "secretary", {"community_worker": "named", "second_worker": "named"}) == ""
    session.refresh_from_db()
    assert session.state == "planned"
    assert record(cast, session, "secretary", {"community_worker": "came", "second_worker": "excused"}) == ""
    session.refresh_from_db()
    outcomes = dict(TrainingAttendance.objects.values_list("person__name", "outcome"))
    assert (session.state, outcomes) == ("held", {"林晓梅": "came", "何敏": "excused"})
    # The same again changes nothing and is not written down twice.
    assert record(cast, session, "secretary", {"community_worker": "came"}) == ""
    assert Entry.objects.filter(operation="training_session.record").count() == 2
    assert record(cast, session, "secretary", {"second_worker": ""}) == ""
    assert TrainingAttendance.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "outcomes", "code"),
    [
        ("outsider", {"community_worker": "came"}, "not_found"),
        ("community_worker", {"community_worker": "came"}, "not_found"),
        ("secretary", {"secretary": "came"}, "training.own"),
        ("secretary", {"secretary": "named"}, ""),
        ("secretary", {"outsider": "came"}, "training.person"),
        ("secretary", {"community_worker": "slept"}, "training.outcome"),
        ("street_officer", {"secretary": "came", "community_worker": "absent"}, ""),
    ],
)
def test_who_puts_down_whom(cast: Cast, role: str, outcomes: dict[str, str], code: str) -> None:
    assert record(cast, planned(cast), role, outcomes) == code


def test_who_came_is_put_down_on_the_day_and_only_so_many_as_there_is_room_for(cast: Cast) -> None:
    ahead = planned(cast, since=clock.today() + DAY, capacity=1)
    assert record(cast, ahead, "secretary", {"community_worker": "came"}) == "training.early"
    assert record(cast, ahead, "secretary", {"community_worker": "named", "second_worker": "named"}) == "training.full"
    assert record(cast, ahead, "secretary", {"community_worker": "named"}) == ""
    with clock.frozen("2026-12-01T18:00"):
        assert record(cast, ahead, "secretary", {"second_worker": "came"}) == "training.full"
        # Whoever is excused leaves a seat.
        assert record(cast, ahead, "secretary", {"community_worker": "excused", "second_worker": "came"}) == ""


def test_a_session_is_changed_and_cancelled_by_whoever_plans_there(cast: Cast) -> None:
    session = planned(cast)
    plan = Plan("宪法讲座", cast.places["community"].pk, clock.today() - DAY, capacity=5)
    call = training.session_change
    assert code_of(call, actor=cast.outsider, session_id=session.pk, plan=plan) == "not_found"
    assert record(cast, session, "secretary", {"community_worker": "came"}) == ""
    assert code_of(call, actor=cast.secretary, session_id=session.pk, plan=plan) == ""
    # Who came is moved to the day with it.
    assert TrainingAttendance.objects.get().day == clock.today() - DAY
    cancel = training.session_cancel
    assert code_of(cancel, actor=cast.secretary, session_id=session.pk, reason="雨") == "training.came"
    other = planned(cast)
    assert code_of(cancel, actor=cast.secretary, session_id=other.pk, reason=" ") == "training.reason"
    assert code_of(cancel, actor=cast.secretary, session_id=other.pk, reason="雨") == ""
    assert code_of(cancel, actor=cast.secretary, session_id=other.pk, reason="雨") == "training.state"
    assert record(cast, other, "secretary", {"community_worker": "came"}) == "training.state"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"title": " "}, "training.title"),
        ({"until": date(2026, 11, 1)}, "training.days"),
        ({"channel": "moon"}, "training.words"),
        ({"batch": "批" * 41}, "training.words"),
        ({"capacity": 0}, "training.capacity"),
        ({"place_id": 0}, "not_found"),
    ],
)
def test_a_plan_that_makes_no_sense(cast: Cast, more: dict[str, Any], code: str) -> None:
    given = {"title": "讲座", "place_id": cast.places["community"].pk, "since": clock.today(), **more}
    assert code_of(training.session_plan, actor=cast.secretary, plan=Plan(**given)) == code
    elsewhere = {**given, "place_id": cast.places["far_community"].pk}
    assert code_of(training.session_plan, actor=cast.secretary, plan=Plan(**elsewhere)) == "not_found"


def test_a_credential_counts_when_somebody_else_has_verified_it(cast: Cast) -> None:
    row = shown(cast)
    owed = WorkItem.objects.get(kind="credential.verify", ended=None)
    assert (owed.subject_id, owed.post_id) == (row.pk, cast.posts["street_officer"].pk)
    verify = credentials.credential_verify
    roles = ("community_worker", "secretary", "outsider", "street_officer", "street_officer")
    found = [code_of(verify, actor=cast.actors[role], credential_id=row.pk) for role in roles]
    assert found == ["credential.own", "not_found", "not_found", "", "credential.state"]
    row.refresh_from_db()
    assert (row.state, row.decided_by) == ("verified", cast.street_officer.key)
    assert not WorkItem.objects.filter(kind="credential.verify", ended=None).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Credential.objects.filter(pk=row.pk).update(decided_by=row.entered_by)


def test_a_number_counts_once_and_is_free_again_when_refused(cast: Cast) -> None:
    row = shown(cast)
    again = {"role": "second_worker"}
    assert code_of(shown, cast=cast, **again) == "credential.number_taken"
    with pytest.raises(IntegrityError), transaction.atomic():
        Credential.objects.create(
            person_id=person(cast, "secretary"),
            place_id=row.place_id,
            kind="x",
            number=row.number,
            issued=row.issued,
            entered=clock.now(),
            entered_by="x",
        )
    refuse = credentials.credential_refuse
    assert code_of(refuse, actor=cast.street_officer, credential_id=row.pk, reason="") == "credential.reason"
    assert code_of(refuse, actor=cast.street_officer, credential_id=row.pk, reason="查无此证") == ""
    assert code_of(shown, cast=cast, **again) == ""
    wrong: list[dict[str, Any]] = [
        {"kind": "x"},
        {"number": " "},
        {"issued": date(2027, 1, 1)},
        {"expires": date(2020, 1, 1)},
    ]
    codes = [code_of(shown, cast=cast, **{"number": "Z", **more}) for more in wrong]
    assert codes == ["credential.kind", "credential.number", "credential.days", "credential.days"]
    withdraw = credentials.credential_withdraw
    other = Credential.objects.get(state="entered")
    assert code_of(withdraw, actor=cast.street_officer, credential_id=other.pk) == "credential.not_yours"
    assert code_of(withdraw, actor=cast.second_worker, credential_id=other.pk) == ""


def test_who_verifies_does_not_decide_on_their_own(cast: Cast) -> None:
    row = shown(cast, "street_officer")
    assert code_of(credentials.credential_verify, actor=cast.street_officer, credential_id=row.pk) == "credential.own"
    # Nobody above verifies here, so nobody of the same post is asked either.
    assert WorkItem.objects.get(kind="credential.verify").post_id is None


def test_mentor_and_mentee_write_down_their_days(cast: Cast) -> None:
    pair = paired(cast)
    assert code_of(paired, cast=cast) == "mentoring.twice"
    assert code_of(paired, cast=cast, mentee="secretary") == "mentoring.self"
    log = {"mentoring_id": pair.pk, "on": clock.today(), "topic": "入户走访"}
    roles = ("community_worker", "secretary", "outsider", "second_worker")
    found = [code_of(mentoring.mentoring_log, actor=cast.actors[role], **log) for role in roles]
    assert found == ["", "", "not_found", "not_found"]
    early = {**log, "on": pair.since - DAY}
    assert code_of(mentoring.mentoring_log, actor=cast.secretary, **early) == "mentoring.days"
    ended = {"actor": cast.secretary, "mentoring_id": pair.pk}
    assert [code_of(mentoring.mentoring_end, **ended) for _time in range(2)] == ["", "mentoring.ended"]
    assert code_of(mentoring.mentoring_log, actor=cast.secretary, **log) == "mentoring.ended"
    named = {"mentor": "高望", "mentee": "沈外", "since": clock.today()}
    assert code_of(mentoring.mentoring_begin, actor=cast.secretary, **named) == "training.not_yours"
    nobody = {**named, "mentee": "无此人"}
    assert code_of(mentoring.mentoring_begin, actor=cast.secretary, **nobody) == "training.person"


def test_what_is_pushed_to_a_group_is_counted_and_never_who_reads(cast: Cast) -> None:
    place, trainer = cast.places["community"].pk, cast.secretary
    level, platform = section().levels[0].code, section().platforms[0].code
    given = Group("QZ-1", "社区学习群", level, platform, place)
    group = study.group_open(actor=trainer, group=given)
    assert code_of(study.group_open, actor=trainer, group=given) == "study.twice"
    for wrong, code in (({"level": "?"}, "study.level"), ({"name": ""}, "study.name"), ({"place_id": 0}, "not_found")):
        assert code_of(study.group_open, actor=trainer, group=replace(given, number="QZ-2", **wrong)) == code
    push = partial(study.item_push, actor=trainer, group_id=group.pk, title="反诈提示", on=clock.today())
    item = push()
    assert (item.level, item.group, item.place_id) == (level, group, place)
    assert code_of(push, on=clock.today() + DAY) == "study.day"
    assert [code_of(push, actor=actor) for actor in (cast.outsider, cast.resident)] == ["not_found", "not_found"]
    row = {"number": "TS-9", "title": "政策解读", "level": level, "platform": platform, "pushed_on": clock.today()}
    assert items_refused(rows=[{**row, "group": "QZ-1"}, {**row, "group": "QZ-9"}, row]) == {1: "study.no_group"}
    item_record_many(actor=SYSTEM, rows=[{**row, "group": "QZ-1", "place": place}])
    page = growth.group_page(trainer, group.pk)
    assert (page.row.many, len(page.items)) == (2, 2)  # type: ignore[attr-defined]


def test_a_jury_judges_inside_its_contest(cast: Cast) -> None:
    contest = contested(cast)
    worker, trainer = cast.community_worker, cast.secretary
    enter_it = partial(mentoring.entry_record, actor=trainer, contest_id=contest.pk, award="")
    own, other = enter_it(who="林晓梅", title=""), enter_it(who="", title="邻里厨房")
    score = partial(
        judging.score_record, actor=trainer, contest_id=contest.pk, entry_id=own.pk, juror="评委甲", score=80
    )
    publish = partial(judging.contest_publish, contest_id=contest.pk)
    assert code_of(publish, actor=trainer) == "contest.unequal"
    assert [code_of(score, score=given) for given in (-1, 101, 70, 80)] == ["contest.score", "contest.score", "", ""]
    assert code_of(score, juror="林晓梅") == "contest.juror_own"
    assert code_of(score, juror=" ") == "contest.juror"
    assert [code_of(score, actor=actor) for actor in (worker, cast.outsider)] == ["training.not_yours", "not_found"]
    score(juror="评委乙", score=91)
    score(entry_id=other.pk)
    assert code_of(publish, actor=trainer) == "contest.unequal"
    score(entry_id=other.pk, juror="评委乙")
    # Before it is published nobody who took part sees a mean; then each their own.
    assert [hasattr(item, "mean") for item in growth.contest_page(worker, contest.pk).entries] == [False]
    publish(actor=trainer)
    (line,) = growth.contest_page(worker, contest.pk).entries
    assert (line.pk, line.mean) == (own.pk, 85.5)  # type: ignore[attr-defined]
    assert [code_of(score), code_of(publish, actor=trainer)] == ["contest.published"] * 2


def test_results_of_a_contest_are_awards(cast: Cast) -> None:
    contest = contested(cast)
    entry = {"contest_id": contest.pk, "who": "林晓梅", "title": "", "award": "一等奖"}
    record_entry = mentoring.entry_record
    roles = ("outsider", "secretary", "secretary")
    found = [code_of(record_entry, actor=cast.actors[role], **entry) for role in roles]
    assert found == ["not_found", "", "contest.twice"]
    assert code_of(record_entry, actor=cast.secretary, **{**entry, "who": " "}) == "contest.title"
    # Whoever took part sees it, and puts nothing down.
    assert code_of(record_entry, actor=cast.community_worker, **entry) == "training.not_yours"


@pytest.mark.parametrize(
    ("every", "day", "span"),
    [
        ("year", date(2026, 1, 1), (date(2026, 1, 1), date(2026, 12, 31))),
        ("month", date(2026, 2, 28), (date(2026, 2, 1), date(2026, 2, 28))),
        ("month", date(2028, 2, 29), (date(2028, 2, 1), date(2028, 2, 29))),
        ("month", date(2026, 12, 31), (date(2026, 12, 1), date(2026, 12, 31))),
    ],
)
def test_a_rule_ends_with_its_month_or_year(every: str, day: date, span: tuple[date, date]) -> None:
    rule = TrainingRule.model_validate({**LECTURE, "every": every})
    assert period_of(rule, day) == span


# What was done (programme, day, who came), and how many are missing by the rules of the second line.
CASES: list[tuple[list[tuple[str, date, list[str]]], list[int]]] = [
    ([], [4, 1, 1]),
    ([("lecture", date(2026, 11, 2), ["community_worker"])], [3, 0, 1]),
    ([("lecture", date(2026, 10, 31), ["community_worker", "secretary"])], [2, 1, 0]),
    ([("rotation", date(2026, 3, 1), ["secretary"]), ("rotation", date(2026, 4, 1), ["secretary"])], [3, 1, 0]),
    ([("lecture", date(2025, 12, 31), ["community_worker", "second_worker", "secretary", "outsider"])], [4, 1, 1]),
    ([("lecture", date(2026, 11, 9), ["community_worker", "second_worker", "secretary"])], [1, 0, 0]),
]
SECRETARIES = {"code": "secretaries", "label": "书记", "of": "persons", "posts": ["community_secretary"]}


@pytest.mark.parametrize(("done", "short"), CASES)
def test_who_falls_short_and_by_how_much(cast: Cast, done: list[tuple[str, date, list[str]]], short: list[int]) -> None:
    ruled(EVERYBODY, LECTURE, SECRETARIES)
    for programme, day, roles in done:
        came(cast, planned(cast, "system", "county", programme=programme, since=day), *roles)
    held = rules_held(SYSTEM)
    assert [(item.of, item.short) for item in held] == list(zip([4, 1, 1], short, strict=True))
    # Who answers for one community sees what lies in it.
    (near, _none, _own) = rules_held(cast.secretary)
    assert (near.of, near.short) == (3, sum(gap.short for gap in held[0].gaps if gap.place_name == "春晓社区"))


def test_those_who_are_excused_have_not_come_and_see_it_on_their_page(cast: Cast) -> None:
    ruled(EVERYBODY)
    session = came(cast, planned(cast), "community_worker", outcome="excused")
    page = own_page(cast.community_worker)
    assert ([item.outcome for item in page.sessions], page.came) == (["excused"], 0)
    assert [(duty.have, duty.met) for duty in page.duties] == [(0, False)]
    came(cast, session, "community_worker")
    page = own_page(cast.community_worker)
    assert (page.came, [(duty.have, duty.met) for duty in page.duties]) == (1, [(1, True)])


def test_who_has_no_mentor(cast: Cast) -> None:
    ruled(MENTORED)
    assert [(item.of, item.short) for item in rules_held(SYSTEM)] == [(1, 1)]
    pair = paired(cast, "leader", "secretary")
    assert [item.short for item in rules_held(SYSTEM)] == [0]
    mentoring.mentoring_end(actor=SYSTEM, mentoring_id=pair.pk)
    assert [item.short for item in rules_held(SYSTEM)] == [1]


def test_what_is_missing_is_owed_near_the_end_of_the_year_and_settled_when_met(cast: Cast) -> None:
    ruled({**EVERYBODY, "warn_days": 40})
    with clock.frozen("2026-11-01T08:00"):
        assert gaps.gaps_check() == 0
    assert [gaps.gaps_check() for _time in range(2)] == [2, 2]
    items = WorkItem.objects.filter(kind="training.gap", ended=None)
    owed = {item.subject_id: (item.post_id, clock.day_of(item.due)) for item in items if item.due}
    assert owed[cast.places["community"].pk] == (cast.posts["secretary"].pk, date(2026, 12, 31))
    came(cast, planned(cast), "community_worker", "second_worker", "secretary")
    assert gaps.gaps_check() == 1
    # What was missed stays owed in the new year.
    with clock.frozen("2027-01-05T08:00"):
        assert gaps.gaps_check() == 1
    far = items.get()
    assert (far.subject_id, far.post_id) == (cast.places["far_community"].pk, None)


@settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["community_worker", "second_worker", "secretary"]),
            st.sampled_from(["", "named", "came", "excused", "absent"]),
        ),
        max_size=5,
    )
)
def test_persons_are_never_more_than_person_times(cast: Cast, steps: list[dict[str, str]]) -> None:
    """However who came is put down and taken back: each person once for a session, and never over its capacity."""
    sessions = [planned(cast, capacity=2), planned(cast)]
    for number, outcomes in enumerate(steps):
        record(cast, sessions[number % 2], "street_officer", outcomes)
    rows = TrainingAttendance.objects.filter(session__in=sessions, outcome="came")
    assert rows.values("person").distinct().count() <= rows.count()
    seats = TrainingAttendance.objects.filter(session=sessions[0], outcome__in=["named", "came"])
    assert seats.count() <= 2
