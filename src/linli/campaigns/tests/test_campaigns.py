"""Campaigns from plan to close: items, places, marks, findings that become matters, reviews, what is refused."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest

from linli.accounts.testing import Cast
from linli.campaigns.models import Campaign, CampaignFinding, CampaignTarget
from linli.campaigns.operations import campaigns as operations
from linli.campaigns.operations import ledgers, places
from linli.campaigns.operations.campaigns import Plan
from linli.campaigns.queries.numbers import numbers_of
from linli.campaigns.queries.pages import campaign_page
from linli.campaigns.tests.running import PLAN, planned, running, step, target_of
from linli.campaigns.workflow import CAMPAIGN, FINDING, REVIEW_OWED
from linli.cases.models import Case
from linli.cases.tests.test_intake import photo
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.core.models import Entry, WorkItem
from linli.deliberation.tests.agreed import meeting
from linli.records.operations.amending import record_amend
from linli.records.operations.profiles import content_apply

pytestmark = pytest.mark.django_db


def code_of(does: Any, /, *args: Any, **given: Any) -> str:
    """How something is refused; empty where it is done."""
    try:
        does(*args, **given)
    except DomainError as error:
        return error.code
    return ""


def test_the_lives_are_these_and_no_others() -> None:
    assert [(move.verb, move.frm, move.to) for move in (*CAMPAIGN.moves, *FINDING.moves)] == [
        ("begin", ("planned",), "running"),
        ("close", ("running",), "closed"),
        ("drop", ("planned", "running"), "dropped"),
        ("rectify", ("open",), "done"),
        ("reopen", ("done",), "open"),
    ]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"title": " "}, "campaign.words"),
        ({"kind": "none"}, "campaign.kind"),
        ({"until": date(2026, 3, 1)}, "campaign.span"),
        ({"since": date(2026, 1, 1), "until": date(2026, 2, 1)}, "campaign.span"),
        ({"lead_id": 987654321}, "campaign.lead"),
    ],
)
def test_a_plan_that_makes_no_sense(cast: Cast, more: dict[str, Any], code: str) -> None:
    given: dict[str, Any] = {**PLAN, **more}
    plan = Plan(cast.places["street"].pk, **given)
    assert code_of(operations.campaign_plan, actor=cast.street_officer, plan=plan) == code
    assert not Campaign.objects.exists()


def test_who_runs_a_campaign_and_who_does_not(cast: Cast) -> None:
    plan = Plan(cast.places["street"].pk, **PLAN)
    for role in ("community_worker", "department_handler", "outsider", "resident"):
        assert code_of(operations.campaign_plan, actor=getattr(cast, role), plan=plan) == "not_found"
    row = running(cast)
    for role, code in (
        ("community_worker", "campaign.not_yours"),
        ("outsider", "not_found"),
        ("resident", "not_found"),
    ):
        given = {"actor": getattr(cast, role), "campaign_id": row.pk, "version": row.version}
        assert code_of(operations.campaign_close, summary="好", **given) == code
    stale: dict[str, Any] = {"actor": cast.street_officer, "campaign_id": row.pk, "version": row.version - 1}
    assert code_of(operations.campaign_close, summary="好", **stale) == "campaign.stale"


def test_it_begins_with_items_and_places_and_ends_when_every_field_is_marked(cast: Cast) -> None:
    row = planned(cast)
    officer, worker = cast.street_officer, cast.community_worker
    assert code_of(step, actor=officer, call=operations.campaign_begin, row=row) == "campaign.empty"
    first = step(officer, operations.item_add, row, title="清楼道", lead_id=cast.bodies["department"].pk)
    second = step(officer, operations.item_add, row, title="装扶手")
    assert code_of(step, actor=officer, call=operations.item_add, row=row, title="装扶手") == "campaign.item_twice"
    step(officer, operations.unit_add, row, organization_id=cast.bodies["department"].pk)
    twice: dict[str, Any] = {"organization_id": cast.bodies["department"].pk}
    assert code_of(step, actor=officer, call=operations.unit_add, row=row, **twice) == "campaign.unit_twice"
    compound = cast.places["compound"]
    assert step(officer, operations.targets_add, row, place_id=compound.pk) == 1
    assert code_of(step, actor=officer, call=operations.targets_add, row=row, place_id=compound.pk) == (
        "campaign.target_twice"
    )
    outside = cast.places["far_community"].pk
    assert code_of(step, actor=officer, call=operations.targets_add, row=row, place_id=outside) == "campaign.outside"
    target = target_of(row)
    mark: dict[str, Any] = {"target_id": target.pk, "state": "done"}
    assert code_of(places.target_mark, actor=worker, item_id=first.pk, **mark) == "campaign.not_running"
    step(officer, operations.campaign_begin, row)
    assert WorkItem.objects.get(kind=REVIEW_OWED, ended=None).organization_id == cast.bodies["department"].pk

    # The body that leads an item marks it, the community every item of its places; who only takes part marks none.
    places.target_mark(actor=cast.department_handler, item_id=first.pk, **mark)
    step(officer, operations.unit_add, row, organization_id=cast.bodies["other_department"].pk)
    for role, code in (("other_handler", "campaign_target.not_yours"), ("outsider", "not_found")):
        assert code_of(places.target_mark, actor=cast.actors[role], item_id=second.pk, **mark) == code
    close: dict[str, Any] = {"actor": officer, "call": operations.campaign_close, "row": row, "summary": "全部清理完"}
    assert code_of(step, **close) == "campaign.unfinished"
    without: dict[str, Any] = {"actor": worker, "target_id": target.pk, "item_id": second.pk, "state": "not_needed"}
    assert code_of(places.target_mark, **without) == "campaign_mark.note"
    places.target_mark(note="已有扶手", **without)
    assert code_of(step, **{**close, "summary": " "}) == "campaign.words"
    step(officer, operations.campaign_close, row, summary="全部清理完")
    row.refresh_from_db()
    assert (row.state, row.ended_on, row.numbers["fields"], row.numbers["marked"]) == ("closed", clock.today(), 2, 2)
    assert not WorkItem.objects.filter(kind=REVIEW_OWED, ended=None).exists()
    assert code_of(step, actor=officer, call=operations.item_add, row=row, title="晚了") == "campaign.over"
    assert Entry.objects.filter(operation="campaign.close", subject_id=row.pk).count() == 1


def test_each_compound_of_a_place_comes_with_its_households_and_may_come_back(cast: Cast) -> None:
    row = planned(cast)
    officer, street = cast.street_officer, cast.places["street"]
    type(street).objects.filter(pk=cast.places["compound"].pk).update(households=320)
    count = step(officer, operations.targets_add, row, place_id=street.pk, each="compound")
    assert (count, row.targets.count()) == (count, count)
    assert row.targets.get(place=cast.places["compound"]).households == 320
    assert code_of(step, actor=officer, call=operations.targets_add, row=row, place_id=street.pk, each="x") == (
        "campaign.each"
    )
    target = row.targets.get(place=cast.places["compound"])
    assert code_of(step, actor=officer, call=operations.target_end, row=row, target_id=target.pk, reason="") == (
        "campaign.words"
    )
    step(officer, operations.target_end, row, target_id=target.pk, reason="已经改造")
    assert numbers_of(row).places == count - 1
    assert step(officer, operations.targets_add, row, place_id=street.pk, each="compound") == 1
    assert CampaignTarget.objects.get(pk=target.pk).until is None


@pytest.mark.parametrize(("kind", "before"), [("renovation", 0), ("repairs", 1)])
def test_works_go_on_in_the_order_of_their_stages_once_residents_decided(cast: Cast, kind: str, before: int) -> None:
    row = planned(cast, kind=kind)
    step(SYSTEM, operations.targets_add, row, place_id=cast.places["compound"].pk)
    step(SYSTEM, operations.campaign_begin, row)
    *first, decided, after = row.items.order_by("pk")[: before + 2]
    given: dict[str, Any] = {"actor": cast.community_worker, "target_id": target_of(row).pk, "state": "done"}
    assert [code_of(places.target_mark, item_id=item.pk, **given) for item in first] == [""] * before
    assert code_of(places.target_mark, item_id=after.pk, **given) == "campaign_mark.order"
    assert code_of(places.target_mark, item_id=decided.pk, **given) == "campaign_mark.decision"
    decision = ("meeting", meeting(cast, date(2026, 3, 1)).pk)
    assert code_of(places.target_mark, item_id=decided.pk, decision=decision, **given) == ""
    assert code_of(places.target_mark, item_id=after.pk, **given) == ""


def test_a_finding_lives_on_as_a_matter_and_ends_with_it(cast: Cast) -> None:
    row = running(cast)
    target, worker = target_of(row), cast.community_worker
    assert code_of(places.finding_add, actor=cast.resident, target_id=target.pk, text="堆物") == "not_found"
    assert code_of(places.finding_add, actor=worker, target_id=target.pk, text=" ") == "campaign_finding.text"
    late: dict[str, Any] = {"actor": worker, "target_id": target.pk, "text": "堆物", "due": date(2026, 3, 1)}
    assert code_of(places.finding_add, **late) == "campaign_finding.due"
    own = places.finding_add(actor=worker, target_id=target.pk, text="堆物", due=date(2026, 3, 9))
    handed = places.finding_add(actor=worker, target_id=target.pk, text="消防通道被占")
    places.finding_step(actor=worker, finding_id=handed.pk, verb="raise")
    handed.refresh_from_db()
    case = Case.objects.get(pk=handed.case_id or 0)
    assert (case.source, case.place_id) == ("campaign", target.place_id)
    for verb in ("raise", "rectify"):
        assert code_of(places.finding_step, actor=worker, finding_id=handed.pk, verb=verb) == "campaign_finding.matter"
    assert numbers_of(row).findings_loose == 1
    places.finding_step(actor=worker, finding_id=own.pk, verb="rectify")
    assert code_of(places.finding_step, actor=worker, finding_id=own.pk, verb="raise") == "campaign_finding.state"
    assert numbers_of(row).findings_loose == 0

    # It is put right when the matter is resolved, and open again when the matter is.
    for outcome, closed_on, state in (("resolved", clock.today(), "done"), ("", None, "open")):
        Case.objects.filter(pk=case.pk).update(outcome=outcome, closed_on=closed_on)
        case.refresh_from_db()
        places.finding_follow(case=case)
        assert CampaignFinding.objects.get(pk=handed.pk).state == state


def test_reviews_are_owed_at_intervals_and_shown_with_what_was_changed(cast: Cast, today: clock.Frozen) -> None:
    row = running(cast)
    due = WorkItem.objects.get(kind=REVIEW_OWED, ended=None).due
    assert due is not None
    today.move(timedelta(days=18))
    item = row.items.order_by("pk").last()
    assert item is not None
    step(cast.street_officer, operations.item_end, row, item_id=item.pk, reason="并入改造项目")
    step(cast.street_officer, operations.campaign_review, row, text="进度正常")
    later = WorkItem.objects.get(kind=REVIEW_OWED, ended=None).due
    assert later is not None
    assert later > due
    row.refresh_from_db()
    page = campaign_page(cast.community_worker, row.pk)
    assert ([review.text for review in page.reviews], [gone.pk for gone in page.ended_items]) == (
        ["进度正常"],
        [item.pk],
    )
    assert (page.runs, page.verbs) == (False, [])


def test_photos_before_and_after(cast: Cast) -> None:
    target = target_of(running(cast))
    given: dict[str, Any] = {"actor": cast.community_worker, "target_id": target.pk}
    assert code_of(places.photo_add, stream=photo(), when="never", **given) == "campaign_photo.when"
    assert code_of(places.photo_add, stream=BytesIO(b"x"), when="before", **given).startswith("file.")
    places.photo_add(stream=photo(), when="before", **given)
    assert target.photos.get().when == "before"


def test_what_came_of_it_is_published_once_it_is_closed(cast: Cast) -> None:
    row = running(cast)
    publish: dict[str, Any] = {
        "actor": cast.street_officer,
        "call": operations.campaign_publish,
        "row": row,
        "shown": True,
    }
    assert code_of(step, **publish) == "campaign.not_closed"
    for item in row.items.all():
        places.target_mark(actor=SYSTEM, target_id=target_of(row).pk, item_id=item.pk, state="done")
    step(SYSTEM, operations.campaign_close, row, summary="完成")
    assert code_of(step, **publish) == ""
    row.refresh_from_db()
    assert row.published == clock.today()
    step(cast.street_officer, operations.campaign_publish, row, shown=False)
    row.refresh_from_db()
    assert row.published is None


@pytest.mark.parametrize(
    ("state", "found", "done", "code"),
    [
        ("done", date(2026, 1, 2), None, "campaign_finding.day"),
        ("open", date(2026, 1, 2), date(2026, 1, 3), "campaign_finding.day"),
        ("done", date(2026, 1, 2), date(2026, 1, 1), "campaign_finding.span"),
        ("done", date(2026, 1, 2), date(2026, 1, 2), ""),
        ("open", date(2026, 1, 2), None, ""),
    ],
)
def test_which_findings_of_ledgers_make_sense(state: str, found: date, done: date | None, code: str) -> None:
    refused = ledgers.findings_refused(rows=[{"state": state, "found_on": found, "done_on": done}])
    assert refused.get(0, "") == code


def test_a_ledger_changes_nothing_twice_and_no_matter(cast: Cast) -> None:
    place = cast.places["compound"].pk
    row: dict[str, Any] = {
        "campaign": "旧行动",
        "number": "Z1",
        "place": place,
        "text": "堆物",
        "found_on": date(2026, 1, 2),
        "state": "open",
    }
    first = ledgers.finding_record_many(actor=SYSTEM, rows=[row])
    assert ledgers.finding_record_many(actor=SYSTEM, rows=[row]) == first
    case = Case.objects.create(number="甲", place_id=place, received_on=date(2026, 1, 2))
    CampaignFinding.objects.filter(pk__in=first).update(case=case)
    ledgers.finding_record_many(actor=SYSTEM, rows=[{**row, "state": "done", "done_on": date(2026, 2, 1)}])
    assert CampaignFinding.objects.get().state == "open"
    target: dict[str, Any] = {"campaign": "旧行动", "place": place, "begun": True, "households": 5}
    once = ledgers.target_record_many(actor=SYSTEM, rows=[target, {**target, "households": 6}])
    assert (len(set(once)), CampaignTarget.objects.get().households) == (1, 6)


def test_a_programme_is_a_label_over_campaigns(cast: Cast) -> None:
    programme = {"code": "homes", "label": "安居工程", "tags": ["campaign"]}
    part = {"model": "homes", "code": "renewal", "label": "老旧小区改造"}
    models = {"models": [programme], "components": [part]}
    content_apply(actor=SYSTEM, content=lambda held: {**held, "models": models})
    row = planned(cast)
    record_amend(actor=cast.street_officer, code="campaign", pk=row.pk, version=1, values={"homes": "renewal"})
    row.refresh_from_db()
    assert row.extra["homes"] == "renewal"
    # What hangs on a campaign has no version of its own.
    models = {**models, "models": [{**programme, "tags": ["campaign", "campaign_target"]}]}
    content_apply(actor=SYSTEM, content=lambda held: {**held, "models": models})
    step(SYSTEM, operations.targets_add, row, place_id=cast.places["compound"].pk)
    target = target_of(row)
    given: dict[str, Any] = {"code": "campaign_target", "version": 0, "values": {"homes": "renewal"}}
    record_amend(actor=cast.street_officer, pk=target.pk, **given)
    target.refresh_from_db()
    assert target.extra["homes"] == "renewal"
