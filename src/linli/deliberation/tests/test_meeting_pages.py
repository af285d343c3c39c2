"""The pages of meetings: what each post does there, in how many queries, and what everybody sees."""

from datetime import date, datetime, time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.accounts.testing import Cast
from linli.core import clock
from linli.deliberation.models import AgendaItem, Commitment, Meeting, Partnership
from linli.deliberation.operations.commitments import commitments_check
from linli.deliberation.operations.meetings import meeting_cancel, meeting_invite, minutes_approve, minutes_write
from linli.deliberation.tests.sittings import forum, held, joint, planned, promised

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(db: None) -> Any:
    with clock.frozen("2026-03-10T10:00") as now:
        yield now


def browser(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.users[who])
    return client


def test_the_life_of_a_meeting_in_the_browser(cast: Cast) -> None:
    series = joint(cast)
    desk, chair = browser(cast, "community_worker"), browser(cast, "secretary")
    form = {"title": "环境改造", "on": "2026-03-10", "starts": "09:00", "bodies": [cast.bodies["department"].pk]}
    answer = desk.post(f"/meetings/new/?series={series.pk}", form)
    row = Meeting.objects.get()
    assert answer["Location"] == f"/meetings/{row.pk}/"
    assert (row.kind, row.ends, row.invitations.get().organization) == (
        *("property_four_party", time(10)),
        cast.bodies["department"],
    )

    def do(verb: str, status: int = 302, client: Client = desk, **values: Any) -> None:
        assert client.post(f"/meetings/{row.pk}/{verb}/", values).status_code == status, verb

    do("invite")
    do("add", text="充电桩选址")
    do("add", 400)
    do("hold", 400, came="")
    came: dict[str, Any] = {"came": "14", "off_register": "2", f"body-{cast.bodies['department'].pk}": "represented"}
    do("hold", **came)
    item = AgendaItem.objects.get()
    conclude = f"/meetings/items/{item.pk}/conclude/"
    assert desk.post(conclude, {"result": "delegated"}).status_code == 400
    answer = desk.post(conclude, {"result": "delegated", "decision": "供电所负责"})
    assert answer["Location"] == f"/meetings/{row.pk}/#item-{item.pk}"
    do("commit", organization=cast.bodies["department"].pk, text="一周内勘察", due="2026-03-17", item=item.pk)
    do("commit", 400, organization=cast.bodies["department"].pk, text="再", due="soon")
    page = desk.get(f"/meetings/{row.pk}/").content.decode()
    # The minutes begin with what was noted already.
    assert "1. 充电桩选址" in page
    assert "清河县供电所：一周内勘察（2026-03-17）" in page
    do("minute", text="会议纪要")
    do("approve", 409, number="1")
    do("approve", client=chair, number="1")
    row.refresh_from_db()
    assert (row.state, row.came, row.units, Commitment.objects.get().item) == ("approved", 14, 1, item)
    do("cancel", 409, client=chair, reason="x")


def test_a_member_unit_sees_its_meetings_and_says_how_its_promise_stands(cast: Cast, today: Any) -> None:
    row = held(cast, joint(cast))
    promise = promised(cast, row)
    unit, other, far = (browser(cast, who) for who in ("department_handler", "property_handler", "outsider"))
    assert "更换配电箱" in unit.get("/meetings/commitments/").content.decode()
    assert "更换配电箱" not in other.get(f"/meetings/{row.pk}/").content.decode()
    assert [client.get(f"/meetings/{row.pk}/").status_code for client in (unit, other, far)] == [200, 200, 404]
    address = f"/meetings/commitments/{promise.pk}/"
    assert [client.get(address).status_code for client in (unit, other, far)] == [200, 404, 404]
    today.move_to(datetime.fromisoformat("2026-03-18T09:00"))
    commitments_check()
    unit = browser(cast, "department_handler")
    home = unit.get("/").content.decode()
    assert "更换配电箱" in home
    assert address in home
    assert "data-state" in unit.get("/meetings/").content.decode()
    assert unit.post(f"{address}postpone/", {"due": "2026-04-01", "reason": "忙"}).status_code == 403
    assert unit.post(f"{address}keep/", {"text": "", "on": "2026-03-18"}).status_code == 400
    assert unit.post(f"{address}keep/", {"text": "已更换", "on": "2026-03-18"}).status_code == 302
    promise.refresh_from_db()
    assert promise.state == "done_late"
    assert address not in unit.get("/").content.decode()


def test_what_was_promised_stands_on_the_next_agenda_by_itself(cast: Cast) -> None:
    series = joint(cast)
    promised(cast, held(cast, series))
    later = planned(cast, series, title="四月会议", on=date(2026, 4, 9))
    page = browser(cast, "secretary").get(f"/meetings/{later.pk}/").content.decode()
    assert "更换配电箱" in page


def test_everybody_proposes_and_sees_only_what_is_public(cast: Cast) -> None:
    row, client = forum(cast), Client()
    address = f"/public/forums/{row.pk}/"
    answer = client.post(address, {"text": "楼道灯什么时候修"})
    assert client.post(address, {"text": "楼道灯什么时候修"}).status_code == 409
    assert "楼道灯什么时候修" in client.get(answer["Location"]).content.decode()
    assert client.get("/public/proposals/forged/").status_code == 404
    assert client.get(f"/public/forums/{joint(cast).pk}/").status_code == 404
    item = AgendaItem.objects.get()
    meeting = planned(cast, row, public=True, title="楼道灯")
    desk = browser(cast, "community_worker")
    desk.post(f"/meetings/{meeting.pk}/add/", {"take": item.pk})
    hidden = planned(cast, row, title="内部会")
    calendar = client.get("/public/meetings/990901001001/sessions.ics")
    text = calendar.content.decode()
    assert "SUMMARY:楼道灯" in text
    assert "DTSTART:20260310T113000Z" in text
    assert hidden.title not in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    desk.post(f"/meetings/{meeting.pk}/hold/", {"came": "9"})
    desk.post(f"/meetings/items/{item.pk}/conclude/", {"result": "resolution", "decision": "本周更换"})
    place = "/public/meetings/990901001001/"
    # What was decided is public once the minutes are approved.
    assert "本周更换" not in client.get(place).content.decode()
    minutes_write(actor=cast.community_worker, meeting_id=meeting.pk, text="纪要")
    minutes_approve(actor=cast.secretary, meeting_id=meeting.pk, number=1)
    for page in (place, address, answer["Location"]):
        assert "本周更换" in client.get(page).content.decode(), page
    assert client.get("/public/meetings/000/").status_code == 404


def test_the_month_and_the_lists_ask_few_questions(cast: Cast) -> None:
    series = joint(cast)
    for number in range(6):
        row = planned(cast, series, title=f"会议{number}")
        meeting_invite(actor=cast.secretary, meeting_id=row.pk)
        joint(cast, title=f"系列{number}")
    promised(cast, held(cast, series, title="已开"))
    meeting_cancel(actor=cast.secretary, meeting_id=row.pk, reason="停电")
    desk = browser(cast, "secretary")
    pages = {
        "/meetings/": "会议4",
        "/meetings/list/?state=cancelled": "会议5",
        "/meetings/list/?q=会议3&kind=property_four_party": "会议3",
        "/meetings/series/": "系列5",
        "/meetings/commitments/?state=open": "更换配电箱",
    }
    for address, words in pages.items():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page = desk.get(address).content.decode()
        assert words in page, address
        assert len(asked) <= 16, (address, len(asked))
    assert "系列5" in desk.get("/meetings/?month=2026-03").content.decode()
    assert "会议4" not in desk.get("/meetings/?month=2026-05").content.decode()
    assert [desk.get(f"/meetings/?month={bad}").status_code for bad in ("2026-13", "x", "0001-01")] == [400] * 3
    assert desk.get("/meetings/list/?after=x").status_code == 400


def test_relations_are_kept_in_the_browser(cast: Cast) -> None:
    desk = browser(cast, "secretary")
    place = cast.places["community"].pk
    form = {"place": place, "actors": ["community", "volunteer"], "partners": "商户联盟"}
    assert desk.post("/meetings/relations/new/?type=collaboration_mechanism", {"place": place}).status_code == 400
    answer = desk.post("/meetings/relations/new/?type=collaboration_mechanism", form)
    row = Partnership.objects.get()
    assert answer["Location"] == f"/meetings/relations/{row.pk}/"
    desk.post(f"{answer['Location']}set_up/", {"since": "2026-03-01", "evidence": "三方协议"})
    desk.post(f"{answer['Location']}event/", {"on": "2026-03-08", "text": "联合清扫"})
    desk.post(f"{answer['Location']}event/", {"on": "2026-03-11", "text": "明天"})
    assert "联合清扫" in desk.get(answer["Location"]).content.decode()
    row.refresh_from_db()
    assert (row.state, row.events.count()) == ("running", 1)
    assert browser(cast, "outsider").get(answer["Location"]).status_code == 404
    assert browser(cast, "leader").post(f"{answer['Location']}end/", {"reason": "x"}).status_code == 403
    assert desk.get("/meetings/relations/?type=friends").status_code == 404
