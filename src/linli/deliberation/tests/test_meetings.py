"""Series, meetings, agenda and minutes: what each does, what is refused, who may, twice."""

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest
from django.utils.translation import override
from pydantic import ValidationError

from linli.accounts.testing import Cast
from linli.cases.models import Case
from linli.cases.operations.intake import Report, case_register
from linli.cases.queries.pages import case_page
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.core.models import Entry, WorkItem
from linli.core.rhythm import Rhythm
from linli.deliberation.meetings_section import MeetingKind
from linli.deliberation.models import AgendaItem, Meeting, SessionDue
from linli.deliberation.operations import agenda, meetings, series
from linli.deliberation.operations.agenda import Item, Result
from linli.deliberation.operations.meeting_ledgers import agenda_item_record_many, agenda_items_refused
from linli.deliberation.operations.meetings import Attendance, Plan
from linli.deliberation.operations.series import Series
from linli.deliberation.policies.meetings import meetings_visible_to
from linli.deliberation.queries.meetings import meeting_page
from linli.deliberation.tests.sittings import forum, held, joint, planned

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(db: None) -> Any:
    with clock.frozen("2026-03-10T10:00") as now:
        yield now


def refused(call: Any, **values: Any) -> str:
    with pytest.raises(DomainError) as error:
        call(**values)
    return error.value.code


def owed(kind: str) -> list[WorkItem]:
    return list(WorkItem.objects.filter(kind=kind, ended=None))


@pytest.mark.parametrize(
    ("code", "days", "day", "period"),
    [
        ("week", None, date(2026, 3, 11), (date(2026, 3, 9), date(2026, 3, 15))),
        ("week", None, date(2026, 3, 4), (date(2026, 3, 3), date(2026, 3, 8))),
        ("month", None, date(2026, 3, 31), (date(2026, 3, 3), date(2026, 3, 31))),
        ("quarter", None, date(2026, 4, 1), (date(2026, 4, 1), date(2026, 6, 30))),
        ("days", 10, date(2026, 3, 12), (date(2026, 3, 3), date(2026, 3, 12))),
        ("days", 10, date(2026, 3, 13), (date(2026, 3, 13), date(2026, 3, 22))),
    ],
)
def test_the_stretch_of_days_in_which_a_session_is_due(code: str, days: int, day: date, period: Any) -> None:
    assert Rhythm(code, days, date(2026, 3, 3)).period_of(day) == period


def test_a_missed_session_is_told_of_the_series_and_of_nobody(cast: Cast, today: Any) -> None:
    row = joint(cast)
    assert [(due.since, due.until, due.state) for due in row.dues.all()] == [
        (date(2026, 3, 10), date(2026, 3, 31), "waiting")
    ]
    item = owed("meeting.convene")[0]
    assert (item.organization_id, item.post_id) == (cast.bodies["community_office"].pk, None)
    assert series.sessions_check() == 0
    today.move_to(datetime.fromisoformat("2026-05-04T03:00"))
    # April was never raised before, and is missed as much as March.
    assert series.sessions_check() == 2
    assert series.sessions_check() == 0
    assert list(row.dues.order_by("since").values_list("state", flat=True)) == ["missed", "missed", "waiting"]
    held(cast, row, on=date(2026, 4, 20))
    assert [due.state for due in row.dues.order_by("since")] == ["missed", "held", "waiting"]
    # The session of May is work; those before are no more than what the series tells.
    assert [item.subject_id for item in owed("meeting.convene")] == [row.dues.latest("since").pk]
    series.series_end(actor=cast.secretary, series_id=row.pk, reason="并入片区会")
    assert not owed("meeting.convene")
    assert refused(series.series_end, actor=cast.secretary, series_id=row.pk, reason="再") == "series.ended"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": " "}, "meeting.title"),
        ({"kind": "party_of_cats"}, "meeting.kind"),
        ({"rhythm": "days"}, "meeting.rhythm"),
        ({"every_days": 3}, "meeting.rhythm"),
        ({"minutes": 5}, "series.minutes"),
        ({"place_id": 0}, "not_found"),
        ({"member_ids": [0]}, "not_found"),
    ],
)
def test_what_no_series_is(cast: Cast, change: dict[str, Any], code: str) -> None:
    assert refused(joint, cast=cast, **change) == code
    assert not SessionDue.objects.exists()


def test_who_opens_a_series(cast: Cast) -> None:
    sketch = Series("evening_forum", "七点半", cast.places["community"].pk)
    for who in ("grid_worker", "department_handler", "leader", "outsider", "resident", "visitor", "auditor"):
        assert refused(series.series_open, actor=cast.actors[who], series=sketch) == "meeting.not_yours", who
    series.series_open(actor=cast.street_officer, series=sketch)
    assert refused(series.series_open, actor=cast.secretary, series=sketch) == "series.twice"
    row = joint(cast)
    new = Series("evening_forum", "改名", cast.places["far_community"].pk, rhythm="week")
    changed = series.series_change(actor=cast.secretary, series_id=row.pk, version=1, series=new)
    assert (changed.title, changed.kind, changed.place_id) == ("改名", "property_four_party", row.place_id)
    assert list(row.dues.order_by("until").values_list("until", "state")) == [(date(2026, 3, 15), "waiting")]
    assert (
        refused(series.series_change, actor=cast.secretary, series_id=row.pk, version=1, series=new) == "series.stale"
    )
    code = refused(series.series_change, actor=cast.outsider, series_id=row.pk, version=2, series=new)
    assert code == "not_found"


def test_a_meeting_from_its_plan_to_approved_minutes(cast: Cast) -> None:
    row = held(cast, joint(cast), starts=time(9, 0))
    assert (row.state, row.units, row.came, row.ends) == ("held", 1, 12, time(10, 0))
    assert [due.state for due in SessionDue.objects.all()] == ["held"]
    assert len(owed("meeting.minutes")) == 1
    approve: dict[str, Any] = {"meeting_id": row.pk, "number": 1}
    assert refused(meetings.minutes_approve, actor=cast.secretary, **approve) == "minutes.none"
    meetings.minutes_write(actor=cast.community_worker, meeting_id=row.pk, text="议定两件事")
    assert refused(meetings.minutes_approve, actor=cast.community_worker, **approve) == "minutes.own"
    meetings.minutes_write(actor=cast.community_worker, meeting_id=row.pk, text="议定三件事")
    assert refused(meetings.minutes_approve, actor=cast.secretary, **approve) == "minutes.stale"
    row = meetings.minutes_approve(actor=cast.secretary, meeting_id=row.pk, number=2)
    assert row.state == "approved"
    assert list(row.minutes_versions.order_by("number").values_list("text", "approved_by")) == [
        ("议定两件事", ""),
        ("议定三件事", cast.secretary.key),
    ]
    assert not owed("meeting.minutes")
    assert refused(meetings.minutes_write, actor=cast.secretary, meeting_id=row.pk, text="改") == "meeting.state"
    assert refused(meetings.minutes_approve, actor=cast.secretary, meeting_id=row.pk, number=2) == "meeting.state"
    verbs = Entry.objects.filter(subject_type="meeting", subject_id=row.pk).order_by("id")
    assert [entry.operation.split(".")[1] for entry in verbs] == [
        *("plan", "invite", "hold", "minute", "minute", "approve")
    ]


def test_what_no_meeting_is(cast: Cast) -> None:
    row = joint(cast)
    plan = Plan("议事", clock.today(), row.pk)
    for change, code in (
        ({"title": ""}, "meeting.title"),
        ({"series_id": 0}, "not_found"),
        ({"series_id": None, "place_id": cast.places["community"].pk}, "meeting.kind"),
        ({"starts": time(9), "ends": time(8)}, "meeting.hours"),
        ({"body_ids": [0]}, "not_found"),
    ):
        assert refused(meetings.meeting_plan, actor=cast.secretary, plan=replace(plan, **change)) == code
    made = meetings.meeting_plan(actor=cast.secretary, plan=plan)
    assert refused(meetings.meeting_plan, actor=cast.secretary, plan=plan) == "meeting.twice"
    assert refused(meetings.meeting_plan, actor=cast.outsider, plan=plan) == "meeting.not_yours"
    hold: dict[str, Any] = {"actor": cast.secretary, "meeting_id": made.pk}
    assert refused(meetings.meeting_hold, **hold, attendance=Attendance(came=-1)) == "meeting.attendance"
    assert refused(meetings.meeting_hold, **hold, attendance=Attendance(1, off_register=2)) == "meeting.off_register"
    strange = Attendance(1, bodies={cast.bodies["far_office"].pk: "came"})
    assert refused(meetings.meeting_hold, **hold, attendance=strange) == "meeting.attendance"
    ahead = meetings.meeting_plan(actor=cast.secretary, plan=replace(plan, on=date(2026, 3, 11)))
    code = refused(meetings.meeting_hold, actor=cast.secretary, meeting_id=ahead.pk, attendance=Attendance(1))
    assert code == "meeting.future"
    assert refused(meetings.meeting_cancel, actor=cast.secretary, meeting_id=ahead.pk, reason="") == "meeting.reason"
    meetings.meeting_cancel(actor=cast.secretary, meeting_id=ahead.pk, reason="停电")
    code = refused(meetings.meeting_invite, actor=cast.secretary, meeting_id=ahead.pk)
    assert code == "meeting.state"


def test_who_sees_a_meeting(cast: Cast) -> None:
    row = planned(cast, joint(cast))

    def seen() -> set[str]:
        return {
            who for who, actor in cast.actors.items() if Meeting.objects.filter(meetings_visible_to(actor)).exists()
        }

    staff = {"community_worker", "second_worker", "secretary", "street_officer", "leader", "auditor"}
    assert seen() == staff
    meetings.meeting_invite(actor=cast.secretary, meeting_id=row.pk)
    assert seen() == staff | {"department_handler", "property_handler"}
    code = refused(meetings.meeting_cancel, actor=cast.department_handler, meeting_id=row.pk, reason="不去")
    assert code == "meeting.not_yours"
    assert refused(meetings.meeting_cancel, actor=cast.other_handler, meeting_id=row.pk, reason="x") == "not_found"


def test_what_residents_propose_waits_goes_onto_an_agenda_and_back(cast: Cast) -> None:
    row = forum(cast)
    item = agenda.item_propose(series_id=row.pk, text=" 楼道灯 ")
    assert (item.text, item.source, item.raised_by) == ("楼道灯", "resident", "visitor")
    assert refused(agenda.item_propose, series_id=row.pk, text="楼道灯") == "agenda.twice"
    assert refused(agenda.item_propose, series_id=joint(cast).pk, text="楼道灯") == "not_found"
    meeting = planned(cast, row)
    take: dict[str, Any] = {"item_id": item.pk, "meeting_id": meeting.pk}
    assert refused(agenda.item_take, actor=cast.outsider, **take) == "not_found"
    agenda.item_take(actor=cast.secretary, **take)
    assert refused(agenda.item_take, actor=cast.secretary, **take) == "agenda.taken"
    conclude: dict[str, Any] = {"actor": cast.secretary, "item_id": item.pk}
    assert refused(agenda.item_conclude, **conclude, result=Result("settled")) == "agenda.not_held"
    meetings.meeting_hold(actor=cast.secretary, meeting_id=meeting.pk, attendance=Attendance(came=9))
    assert refused(agenda.item_conclude, **conclude, result=Result("resolution")) == "agenda.decision"
    assert refused(agenda.item_conclude, **conclude, result=Result("perhaps")) == "agenda.result"
    assert refused(agenda.item_conclude, **conclude, result=Result("joint")) == "agenda.series"
    agenda.item_conclude(**conclude, result=Result("back"))
    again = AgendaItem.objects.get(came_from=item)
    assert (again.series_id, again.meeting_id, again.text) == (row.pk, None, "楼道灯")
    other = joint(cast, title="片区会")
    agenda.item_conclude(**conclude, result=Result("joint", series_id=other.pk))
    assert [one.series_id for one in AgendaItem.objects.filter(came_from=item)] == [other.pk]
    assert refused(agenda.item_rate, actor=cast.secretary, item_id=item.pk, rating="") == "agenda.rating"
    assert agenda.item_rate(actor=cast.secretary, item_id=item.pk, rating="partly").rating == "partly"
    agenda.item_decline(actor=cast.secretary, item_id=AgendaItem.objects.get(came_from=item).pk, reason="已修好")


def test_a_courtyard_meeting_is_approved_once_residents_raised_deliberated_and_rated(cast: Cast, today: Any) -> None:
    sketch = {"kind": "courtyard_meeting", "title": "仁山夜话"}
    meeting = planned(cast, forum(cast, **sketch))
    meetings.meeting_hold(actor=cast.secretary, meeting_id=meeting.pk, attendance=Attendance(came=9))
    titles = ("停车", "遛狗", "飞线", "路灯")
    for title in titles:
        agenda.item_add(actor=cast.secretary, meeting_id=meeting.pk, item=Item(title, source="resident"))
    agenda.item_add(actor=cast.secretary, meeting_id=meeting.pk, item=Item("通报"))
    meetings.minutes_write(actor=cast.community_worker, meeting_id=meeting.pk, text="议了四件事")
    approve: dict[str, Any] = {"actor": cast.secretary, "meeting_id": meeting.pk, "number": 1}
    parking, dogs, wires, lamps = meeting.items.filter(source="resident").order_by("pk")

    def concluded(item: AgendaItem, result: str = "settled") -> None:
        agenda.item_conclude(actor=cast.secretary, item_id=item.pk, result=Result(result))

    for item in (parking, dogs, wires):
        concluded(item)
        assert refused(meetings.minutes_approve, **approve) == "minutes.not_deliberated"
    # What waits again is not rated yet, and stays the residents' own.
    concluded(lamps, "back")
    assert AgendaItem.objects.get(came_from=lamps).source == "resident"
    for item in (parking, dogs):
        assert refused(meetings.minutes_approve, **approve) == "minutes.not_rated"
        agenda.item_rate(actor=cast.secretary, item_id=item.pk, rating="satisfied")
    # The days count from when something came of it, not from the meeting.
    today.move_to(datetime.fromisoformat("2026-03-14T10:00"))
    concluded(wires)
    today.move_to(datetime.fromisoformat("2026-03-19T10:00"))
    assert refused(meetings.minutes_approve, **approve) == "minutes.not_rated"
    today.move_to(datetime.fromisoformat("2026-03-20T10:00"))
    assert meetings.minutes_approve(**approve).state == "approved"


def test_who_of_the_four_parties_is_lacking_is_said(cast: Cast) -> None:
    def lacking(row: Meeting) -> list[str]:
        with override("en"):
            return list(meeting_page(cast.community_worker, row.pk).lacking)

    series_row = joint(cast)
    assert lacking(planned(cast, series_row)) == ["Party organisation", "self-government body"]
    # The property company was invited, and did not come.
    came = held(cast, series_row, title="上次会议")
    assert lacking(came) == ["Party organisation", "self-government body", "property company"]
    # A body that is represented took part; of other kinds of meetings nobody in particular is asked for.
    came.invitations.filter(organization=cast.bodies["property_company"]).update(attendance="represented")
    assert lacking(came) == ["Party organisation", "self-government body"]
    Meeting.objects.filter(pk=came.pk).update(kind="cluster")
    assert lacking(came) == []
    with pytest.raises(ValidationError):
        MeetingKind(code="five_party", label="五方会议", label_en="five parties", parties=("neighbours",))


def test_other_forums_do_not_ask_for_the_rating_of_residents(cast: Cast) -> None:
    meeting = planned(cast, forum(cast))
    meetings.meeting_hold(actor=cast.secretary, meeting_id=meeting.pk, attendance=Attendance(came=9))
    agenda.item_add(actor=cast.secretary, meeting_id=meeting.pk, item=Item("停车", source="resident"))
    meetings.minutes_write(actor=cast.community_worker, meeting_id=meeting.pk, text="议了一件事")
    assert meetings.minutes_approve(actor=cast.secretary, meeting_id=meeting.pk, number=1).state == "approved"


def test_a_matter_goes_onto_an_agenda_once_and_never_a_confidential_one(cast: Cast) -> None:
    meeting = planned(cast, joint(cast))
    report = Report(text="路灯不亮", place_id=cast.places["compound"].pk, source="window")
    case = Case.objects.get(pk=case_register(actor=cast.community_worker, report=report).case_id)
    row = agenda.item_add(actor=cast.secretary, meeting_id=meeting.pk, item=Item(case_number=case.number))
    assert (row.case_id, row.source) == (case.pk, "case")
    assert Entry.objects.filter(operation="case.agenda", subject_id=case.pk).exists()
    attended = Attendance(came=9)
    meetings.meeting_hold(actor=cast.secretary, meeting_id=meeting.pk, attendance=attended)
    decided = Result("delegated", "供电所三日内更换")
    agenda.item_conclude(actor=cast.secretary, item_id=row.pk, result=decided)
    said = [line.facts.get("reason", "") for line in case_page(cast.community_worker, case.pk).timeline]
    assert any("小区环境改造（2026-03-10）" in words and "供电所三日内更换" in words for words in said)
    add: dict[str, Any] = {"actor": cast.secretary, "meeting_id": meeting.pk}
    assert refused(agenda.item_add, **add, item=Item(case_number=case.number)) == "agenda.twice"
    type(case).objects.filter(pk=case.pk).update(confidential=True)
    assert refused(agenda.item_add, **add, item=Item("话题", case_number=case.number)) == "agenda.case"
    assert refused(agenda.item_add, **add, item=Item("话题", case_number="nope")) == "agenda.case"
    assert refused(agenda.item_add, **add, item=Item("", source="body")) == "agenda.text"


def test_a_ledger_says_at_which_meeting_something_came_of_an_item(cast: Cast) -> None:
    meeting = held(cast, joint(cast))
    rows: list[dict[str, Any]] = [
        {"result": "settled"},
        {"result": "settled", "meeting": meeting.pk},
        {"result": "declined"},
        {"text": "停车"},
    ]
    assert agenda_items_refused(rows=rows) == {0: "agenda_item.meeting"}
    written = [{**row, "text": "停车", "place": meeting.place_id} for row in rows[1:]]
    assert len(agenda_item_record_many(actor=SYSTEM, rows=written)) == 3
