"""Rounds of inspection: a hazard is a matter with a deadline by severity, and ends only with a re-check."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest

from linli.accounts.testing import Cast
from linli.cases.models import Case
from linli.cases.operations import finishing, screening
from linli.core import clock
from linli.core.models import WorkItem
from linli.safety.models import Hazard, InspectionRound, RoundTarget
from linli.safety.operations import rounds
from linli.safety.operations.hazards import hazard_recheck
from linli.safety.sections import section
from linli.safety.tests.secured import begun, looked, put_right, unsafe
from linli.safety.tests.test_patrols import refusal
from linli.safety.workflow import INSPECT_OWED, RECHECK_OWED

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"title": " "}, "inspection_round.title"),
        ({"kind": "people"}, "inspection_round.kind"),
        ({"until": date(2026, 3, 1)}, "inspection_round.until"),
        ({"office_id": 987654321}, "inspection_round.office"),
        ({"kind": "key_sites"}, "inspection_round.no_places"),
    ],
)
def test_what_is_no_round_is_refused(cast: Cast, more: dict[str, Any], code: str) -> None:
    assert refusal(lambda: begun(cast, **more)) == code
    assert not InspectionRound.objects.exists()


@pytest.mark.parametrize("role", ["outsider", "other_handler", "leader", "resident", "property_handler"])
def test_nobody_else_inspects_or_checks_again(cast: Cast, role: str) -> None:
    actor = cast.actors[role]
    assert refusal(lambda: begun(cast, actor)) == "not_found"
    hazard = unsafe(cast)
    go = partial(rounds.target_go, actor=actor, target_id=hazard.target_id or 0, looked=looked("compound_risks"))
    assert refusal(go) in ("not_found", "safety.not_yours")
    put_right(cast, hazard)
    again = partial(hazard_recheck, actor=actor, hazard_id=hazard.pk, removed=True)
    assert refusal(again) in ("not_found", "safety.not_yours")


@pytest.mark.parametrize(
    ("kind", "item", "urgency", "due"),
    [
        ("fire_safety", "stairs", "normal", date(2026, 3, 9)),
        ("fire_safety", "exits", "urgent", date(2026, 3, 4)),
        ("compound_risks", "gas", "emergency", date(2026, 3, 2)),
    ],
)
def test_how_grave_it_is_says_until_when(cast: Cast, kind: str, item: str, urgency: str, due: date) -> None:
    row = begun(cast, kind=kind)
    target = row.targets.get()
    rounds.target_go(actor=cast.community_worker, target_id=target.pk, looked=looked(kind, [item]))
    hazard = Hazard.objects.select_related("case").get()
    case_due = hazard.case.due
    assert case_due
    assert (hazard.case.urgency, hazard.due, clock.day_of(case_due)) == (urgency, due, due)
    found = section().checklist(kind)
    assert found
    assert hazard.severity == next(each.severity for each in found.items if each.code == item)


def test_each_place_is_gone_through_once_and_the_last_ends_the_round(cast: Cast) -> None:
    row = begun(cast, kind="fire_safety", office_id=cast.bodies["department"].pk)
    assert WorkItem.objects.get(kind=INSPECT_OWED).organization_id == cast.bodies["department"].pk
    target = row.targets.get()
    go = partial(rounds.target_go, actor=cast.department_handler, target_id=target.pk)
    assert refusal(partial(go, looked=looked("fire_safety")[1:])) == "round_target.items"
    RoundTarget.objects.create(round=row, place=cast.places["compound"])
    for _time in range(2):
        go(looked=looked("fire_safety", ["exits", "stairs"]))
    assert Case.objects.filter(source="inspection").count() == 2
    row.refresh_from_db()
    assert (row.state, row.targets.filter(gone_on=None).count()) == ("running", 1)
    rounds.target_go(actor=cast.community_worker, target_id=row.targets.latest("pk").pk, looked=looked("fire_safety"))
    row.refresh_from_db()
    assert (row.state, row.ended_on) == ("done", date(2026, 3, 2))
    assert not WorkItem.objects.filter(kind=INSPECT_OWED, ended=None).exists()
    assert refusal(partial(go, looked=looked("fire_safety"))) == "inspection_round.over"
    drop = partial(rounds.round_drop, actor=cast.community_worker, round_id=row.pk, reason="x")
    assert refusal(drop) == "inspection_round.state"


def test_a_round_is_dropped_with_a_reason(cast: Cast) -> None:
    row = begun(cast)
    drop = partial(rounds.round_drop, round_id=row.pk)
    assert refusal(partial(drop, actor=cast.grid_worker, reason="x")) in ("not_found", "safety.not_yours")
    assert refusal(partial(drop, actor=cast.community_worker, reason="")) == "inspection_round.reason"
    assert drop(actor=cast.community_worker, reason="改到下月").state == "dropped"


def test_a_matter_is_closed_only_after_the_re_check(cast: Cast) -> None:
    hazard = unsafe(cast)
    early = partial(hazard_recheck, actor=cast.community_worker, hazard_id=hazard.pk, removed=True)
    assert refusal(early) == "hazard.state"
    case = put_right(cast, hazard)
    assert WorkItem.objects.filter(kind=RECHECK_OWED, ended=None).count() == 1
    for way in (finishing.case_verify, finishing.case_close_unconfirmed):
        refused = refusal(partial(way, actor=cast.community_worker, case_id=case.pk))
        assert refused in ("hazard.recheck_first", "case.needs_verification")
    assert refusal(partial(finishing.case_verify, actor=cast.secretary, case_id=case.pk)) == "hazard.recheck_first"
    own = partial(hazard_recheck, actor=cast.department_handler, hazard_id=hazard.pk, removed=True)
    assert refusal(own) in ("not_found", "hazard.own_work")
    again = partial(hazard_recheck, actor=cast.community_worker, hazard_id=hazard.pk)
    assert refusal(partial(again, removed=False)) == "hazard.note"
    with clock.frozen("2026-03-05T10:00"):
        row = again(removed=False, note="通道仍被占用")
    case.refresh_from_db()
    assert (row.state, row.again, row.due, case.state) == ("open", 1, date(2026, 3, 9), "taken")
    # The clock of the matter ran on.
    assert case.due is not None
    assert clock.day_of(case.due) == date(2026, 3, 4)
    finishing.case_finish(actor=cast.department_handler, case_id=case.pk, result="已加装隔离桩，通道恢复")
    row = again(removed=True)
    case.refresh_from_db()
    assert (row.state, row.removed_on, case.state, case.verification) == (
        "removed",
        date(2026, 3, 2),
        "verified",
        "person",
    )
    assert refusal(partial(again, removed=True)) == "hazard.state"
    assert [check.removed for check in row.rechecks.order_by("pk")] == [False, True]
    assert not WorkItem.objects.filter(kind=RECHECK_OWED, ended=None).exists()
    finishing.case_close(actor=cast.community_worker, case_id=case.pk)
    assert Hazard.objects.get().state == "removed"
    finishing.case_reopen(actor=cast.secretary, case_id=case.pk, reason="又被占用")
    reopened = Hazard.objects.get()
    assert (reopened.state, reopened.removed_on) == ("open", None)


def test_what_the_body_that_found_it_put_right_itself_is_re_checked_by_another(cast: Cast) -> None:
    hazard = unsafe(cast, office_id=cast.bodies["department"].pk)
    put_right(cast, hazard)
    item = WorkItem.objects.get(kind=RECHECK_OWED, ended=None)
    keepers = {cast.posts[role].pk for role in ("community_worker", "second_worker", "secretary")}
    assert (item.post_id in keepers, item.organization_id) == (True, None)
    again = partial(hazard_recheck, hazard_id=hazard.pk, removed=True)
    assert refusal(partial(again, actor=cast.department_handler)) == "hazard.own_work"
    assert again(actor=cast.community_worker).state == "removed"


@pytest.mark.parametrize(
    "end",
    [
        partial(finishing.case_void, reason="重复登记"),
        # What is for the police is passed on to the community's police office; their files stay with them (SAF-05).
        partial(screening.case_refer, to="社区警务室", reason="治安事项，由公安机关处理"),
    ],
)
def test_a_matter_that_is_none_or_for_the_police_ends_the_hazard(cast: Cast, end: Callable[..., Case]) -> None:
    hazard = unsafe(cast)
    case: Any = {"actor": cast.community_worker, "case_id": hazard.case_id}
    screening.case_accept(**case)
    assert end(**case).lead_id is None
    assert Hazard.objects.get().state == "ended"
