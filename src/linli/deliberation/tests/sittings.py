"""A joint meeting series and a forum at the community of the cast, with a meeting that was held, for the tests."""

from datetime import date, time, timedelta
from io import BytesIO
from typing import Any

from django.core import signing

from linli.accounts.neighbourhood import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.deliberation.models import AgendaItem, Commitment, Meeting, MeetingSeries, Partnership
from linli.deliberation.operations.agenda import Item, Result, item_add, item_conclude, item_propose
from linli.deliberation.operations.commitments import commitment_make
from linli.deliberation.operations.meetings import (
    Attendance,
    Plan,
    meeting_attach,
    meeting_hold,
    meeting_invite,
    meeting_plan,
)
from linli.deliberation.operations.partnerships import Relation, partnership_make
from linli.deliberation.operations.series import Series, series_open
from linli.deliberation.views.public_meetings import SALT


def joint(cast: Cast, **values: Any) -> MeetingSeries:
    """A monthly joint meeting of the community with a department and the property company."""
    bodies = [cast.bodies["department"].pk, cast.bodies["property_company"].pk]
    given = {"kind": "property_four_party", "title": "四方联席会议", "place_id": cast.places["community"].pk}
    given |= {"rhythm": "month", "convener_id": cast.bodies["community_office"].pk, "member_ids": bodies}
    return series_open(actor=cast.community_worker, series=Series(**{**given, **values}))


def forum(cast: Cast, **values: Any) -> MeetingSeries:
    """A public forum of the community every week at half past seven."""
    given = {"kind": "evening_forum", "title": "七点半议事厅", "place_id": cast.places["community"].pk}
    given |= {"rhythm": "week", "starts": time(19, 30), "seats": 30, "public": True}
    return series_open(actor=cast.community_worker, series=Series(**{**given, **values}))


def planned(cast: Cast, series: MeetingSeries, **values: Any) -> Meeting:
    """A session of a series today."""
    given = {"title": "小区环境改造", "on": clock.today(), "series_id": series.pk, **values}
    return meeting_plan(actor=cast.community_worker, plan=Plan(**given))


def held(cast: Cast, series: MeetingSeries, **values: Any) -> Meeting:
    """A session that was held today, with two bodies of whom one came."""
    row = planned(cast, series, **values)
    meeting_invite(actor=cast.community_worker, meeting_id=row.pk)
    bodies = {cast.bodies["department"].pk: "came", cast.bodies["property_company"].pk: "absent"}
    attendance = Attendance(came=12, expected=20, represented=1, off_register=3, bodies=bodies)
    return meeting_hold(actor=cast.community_worker, meeting_id=row.pk, attendance=attendance)


def promised(cast: Cast, meeting: Meeting, days: int = 7) -> Commitment:
    """What the department promised there."""
    return commitment_make(
        actor=cast.community_worker,
        meeting_id=meeting.pk,
        organization_id=cast.bodies["department"].pk,
        text="更换配电箱",
        due=clock.today() + timedelta(days=days),
    )


def sat(cast: Cast) -> str:
    """One of everything here, and a little at the other place, for every route; the address of a proposal."""
    series = joint(cast)
    meeting = held(cast, series)
    item_add(actor=cast.community_worker, meeting_id=meeting.pk, item=Item("充电桩选址"))
    rated = item_add(actor=cast.community_worker, meeting_id=meeting.pk, item=Item("楼道灯已换"))
    item_conclude(actor=cast.community_worker, item_id=rated.pk, result=Result("settled"))
    promised(cast, meeting)
    planned(cast, series, title="下次会议", on=date(2099, 1, 5))
    paper = BytesIO(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF")
    meeting_attach(actor=cast.community_worker, meeting_id=meeting.pk, stream=paper, name="签到表.pdf")
    proposal = item_propose(series_id=forum(cast).pk, text="楼道灯什么时候修")
    far = series_open(
        actor=SYSTEM,
        series=Series(kind="cluster", title="片区会", place_id=cast.places["far_community"].pk, public=True),
    )
    elsewhere = meeting_plan(actor=SYSTEM, plan=Plan("远处的会", clock.today(), far.pk))
    meeting_hold(actor=SYSTEM, meeting_id=elsewhere.pk, attendance=Attendance(came=3))
    item_add(actor=SYSTEM, meeting_id=elsewhere.pk, item=Item("远处的事"))
    commitment_make(
        actor=SYSTEM,
        meeting_id=elsewhere.pk,
        organization_id=cast.bodies["far_office"].pk,
        text="远处的承诺",
        due=date(2099, 1, 5),
    )
    for place in ("community", "far_community"):
        relation = Relation(
            Partnership.Type.PAIRING, cast.places[place].pk, partner_id=cast.bodies["other_department"].pk
        )
        partnership_make(actor=SYSTEM, relation=relation)
    return signing.dumps(proposal.pk, salt=SALT)


def sent(cast: Cast) -> dict[str, dict[str, Any]]:
    """What the forms of meetings take, by their routes."""
    bodies = [cast.bodies["department"].pk]
    place = cast.places["community"].pk
    hours = {"starts": "09:00", "ends": "10:00"}
    meeting = {"kind": "party_building", "place": place, "expected": "9", "bodies": bodies, **hours}
    series = {"kind": "party_building", "place": place, "rhythm": "month", "minutes": "60", "starts": "", "members": []}
    promise = {"due": "2099-01-05", "organization": cast.bodies["department"].pk, "came": "5", "on": "2026-03-01"}
    return {
        "meetings/new/": meeting,
        "meetings/<pk>/change/": meeting,
        "meetings/series/new/": series,
        "meetings/series/<pk>/change/": series,
        "meetings/<pk>/<verb>/": promise,
        "public/ratings/<token>/": {"item": AgendaItem.objects.get(result="settled").pk, "rating": "partly"},
        "meetings/items/<pk>/<verb>/": {"result": "settled", "rating": "partly"},
        "meetings/commitments/<pk>/<verb>/": {"due": "2099-02-05", "on": f"{clock.today():%Y-%m-%d}"},
        "meetings/relations/<pk>/<verb>/": {"evidence": "协议"},
        "meetings/relations/new/": {"place": place, "kind": "联建", "organization": "", "partner": bodies[0]},
    }
