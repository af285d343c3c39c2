"""Items are kept and asked for; the desk takes in what is complete, the back office works, the resident follows."""

from typing import Any

import pytest

from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM, VISITOR
from linli.core.errors import RuleBroken
from linli.core.models import Entry, WorkItem
from linli.records.operations.profiles import content_apply
from linli.services import policies
from linli.services.models import ServiceItem, ServiceRequest, papers_in
from linli.services.operations import forgetting, items, requests
from linli.services.tests.served import DAY, NAME, PHONE, SEEN, asked, code_of, guide, item, taken, wish
from linli.services.workflow import REQUEST

pytestmark = pytest.mark.django_db


def do(cast: Cast, verb: str, row: ServiceRequest, role: str = "department_handler", **given: Any) -> str:
    """Take a step; gives the code of what refuses it."""
    call = getattr(requests, f"request_{verb}")
    return code_of(call, actor=cast.actors[role], request_id=row.pk, **given)


def owed(row: ServiceRequest) -> list[tuple[str, Any]]:
    """What is owed of a request."""
    rows = WorkItem.objects.filter(subject_type="service_request", subject_id=row.pk, ended=None)
    return list(rows.values_list("kind", "organization_id"))


def due(row: ServiceRequest) -> str:
    """When it is due."""
    return f"{row.due.astimezone(clock.SHANGHAI):%m-%d %H:%M}" if row.due else ""


@pytest.mark.parametrize(
    ("text", "papers"),
    [
        ("", []),
        ("身份证", [("身份证", "")]),
        ("身份证（原件）；户口簿(复印件)", [("身份证", "original"), ("户口簿", "copy")]),
        ("ID card (Original)\n\n photo ;", [("ID card", "original"), ("photo", "")]),
        ("证明（含附页）", [("证明（含附页）", "")]),
    ],
)
def test_papers_are_read_from_lines(text: str, papers: list[tuple[str, str]]) -> None:
    assert [(paper.name, paper.form) for paper in papers_in(text)] == papers


def test_an_item_is_kept_by_its_desk_and_published(cast: Cast) -> None:
    row = items.item_draft(actor=cast.community_worker, guide=guide(cast))
    assert not ServiceItem.objects.filter(policies.published(), pk=row.pk).exists()
    again = {"actor": cast.community_worker, "guide": guide(cast)}
    assert code_of(items.item_draft, **again) == "service_item.twice"
    assert code_of(items.item_draft, **{**again, "guide": guide(cast, label=" ")}) == "service_item.label"
    assert code_of(items.item_draft, **{**again, "guide": guide(cast, days=0)}) == "service_item.days"
    assert code_of(items.item_draft, **{**again, "guide": guide(cast, body="far_office")}) == "service_item.body"
    assert code_of(items.item_draft, **{**again, "actor": cast.outsider}) == "not_found"
    assert code_of(items.item_publish, actor=cast.outsider, item_id=row.pk) == "not_found"
    assert code_of(items.item_publish, actor=cast.second_worker, item_id=row.pk) == ""
    assert code_of(items.item_publish, actor=cast.second_worker, item_id=row.pk) == "service_item.state"
    change = {"actor": cast.community_worker, "item_id": row.pk, "guide": guide(cast, days=3)}
    assert code_of(items.item_change, **change, version=1) == "service_item.stale"
    assert code_of(items.item_change, **change, version=2) == ""
    # A desk of another place neither takes it in nor sees it among its own.
    far = ServiceItem.objects.filter(policies.published_at(cast.places["far_community"]))
    assert not far.exists()


def test_nothing_is_taken_in_while_a_paper_is_missing(cast: Cast) -> None:
    row = item(cast)
    with pytest.raises(RuleBroken) as refused:
        taken(cast, row, seen=("照片",))
    assert (refused.value.code, refused.value.facts["papers"]) == ("request.papers", "身份证、户口簿")
    assert not ServiceRequest.objects.exists()
    assert code_of(taken, cast=cast, row=row, door="online") == "request.door"
    assert code_of(taken, cast=cast, row=row, phone="123") == "request.phone"
    assert code_of(taken, cast=cast, row=row, phone="", door="phone") == "request.phone"
    assert code_of(taken, cast=cast, row=row, name=" ") == "request.name"
    assert code_of(taken, cast=cast, row=row, actor=cast.outsider) == "not_found"
    # Whoever stands before the desk need not have a telephone.
    assert taken(cast, row, phone="").phone_hash is None
    items.item_withdraw(actor=SYSTEM, item_id=row.pk)
    assert code_of(taken, cast=cast, row=row) == "request.item"


def test_the_front_takes_and_the_back_works_until_it_is_handed_over(cast: Cast) -> None:
    row = taken(cast)
    department = cast.bodies["department"].pk
    # Five working days from a Monday, by the lawful calendar.
    assert (row.state, due(row), owed(row)) == ("taken", "03-09 17:30", [("request.handle", department)])
    assert [do(cast, "start", row, role) for role in ("other_handler", "outsider")] == ["not_found"] * 2
    assert do(cast, "start", row, "community_worker") == "request.not_handler"
    assert do(cast, "start", row) == ""
    assert do(cast, "start", row) == "request.state"
    assert do(cast, "ask_papers", row, words=" ") == "request.words"
    assert do(cast, "ask_papers", row, words="照片要白底的") == ""
    assert owed(row) == [("request.papers", None)]
    with clock.frozen("2026-03-04T10:00"):
        assert do(cast, "bring", row) == "request.not_yours"
        assert do(cast, "bring", row, "second_worker") == ""
    row.refresh_from_db()
    # The two working days in which papers were waited for are added.
    assert (due(row), owed(row)) == ("03-11 17:30", [("request.handle", department)])
    assert do(cast, "finish", row, words="证已办好") == ""
    assert do(cast, "hand_over", row, words="本人领取") == "request.not_yours"
    assert do(cast, "hand_over", row, "community_worker", words="本人领取") == ""
    row.refresh_from_db()
    assert (row.state, row.outcome, owed(row)) == ("handed", "granted", [])
    assert [step.verb for step in row.passed.order_by("pk")] == [
        *("take", "start", "ask_papers", "bring", "finish", "hand_over")
    ]
    assert do(cast, "drop", row, "community_worker", words="不办了") == "request.state"


def test_a_refusal_has_a_reason_and_the_desk_itself_works_where_no_body_is_named(cast: Cast) -> None:
    row = taken(cast, item(cast, body=""))
    assert owed(row) == [("request.handle", None)]
    assert do(cast, "start", row) == "not_found"
    assert do(cast, "refuse", row, "community_worker", words="") == "request.words"
    assert do(cast, "refuse", row, "community_worker", words="未满六十五周岁；可以申请复议") == ""
    row.refresh_from_db()
    assert (row.state, row.outcome) == ("refused", "refused")


def test_one_asks_without_login_and_follows_by_number_and_code(cast: Cast) -> None:
    receipt = asked(cast, proxy_until=None)
    row, address = receipt.request, policies.address_of(receipt.request)
    assert (row.state, row.due, owed(row)) == ("asked", None, [("request.take", None)])
    assert [policies.code_matches(row, code) for code in (receipt.code.lower(), "AAAA2222")] == [True, False]
    complete = {"actor": cast.community_worker, "request_id": row.pk}
    assert code_of(requests.request_complete, **complete, seen_papers=SEEN[:2]) == "request.papers"
    assert code_of(requests.request_complete, **complete, seen_papers=SEEN) == ""
    say = {"actor": VISITOR, "address": address, "solved": True, "satisfied": 5, "remark": ""}
    assert code_of(requests.request_rate, **say) == "request.state"
    assert [do(cast, "start", row), do(cast, "finish", row, words="好了")] == ["", ""]
    assert code_of(requests.request_rate, **{**say, "satisfied": 6}) == "request.stars"
    assert code_of(requests.request_rate, **{**say, "address": "x"}) == "not_found"
    assert [code_of(requests.request_rate, **say) for _time in range(2)] == ["", "request.rated"]
    assert code_of(requests.request_withdraw, actor=VISITOR, address=address) == "request.state"


def test_who_asks_too_often_is_told_to_call(cast: Cast) -> None:
    row = item(cast)
    for _time in range(requests.MOST_OPEN):
        asked(cast, row, proxy_until=None)
    assert code_of(asked, cast=cast, row=row, proxy_until=None) == "request.too_many"
    assert code_of(asked, cast=cast, row=row, proxy_until=None, phone="10087654321") == ""
    assert code_of(requests.request_ask, actor=VISITOR, ask=wish(cast, row, "compound")) == "request.place"


def test_who_asked_is_encrypted_shown_with_a_reason_and_forgotten(cast: Cast) -> None:
    row = taken(cast)
    look: dict[str, Any] = {"actor": cast.department_handler, "request_id": row.pk}
    assert code_of(requests.contact_unmask, **look, reason=" ") == "look.reason_missing"
    assert requests.contact_unmask(**look, reason="核对材料").phone == PHONE
    assert do(cast, "drop", row, "community_worker", words="自己去办了") == ""
    assert NAME not in str(list(Entry.objects.values_list("facts", flat=True)))
    with clock.frozen(clock.now() + 89 * DAY):
        assert forgetting.people_forget() == 0
    with clock.frozen(clock.now() + 91 * DAY):
        assert [forgetting.people_forget(), forgetting.people_forget()] == [1, 0]
    row.refresh_from_db()
    assert (row.name, row.phone, row.phone_hash, row.state) == (None, None, None, "withdrawn")


def test_what_nobody_takes_in_ends_by_itself_once(cast: Cast) -> None:
    row = asked(cast).request
    with clock.frozen(clock.now() + 60 * DAY):
        assert forgetting.requests_lapse() == 0
    with clock.frozen(clock.now() + 61 * DAY):
        assert [forgetting.requests_lapse(), forgetting.requests_lapse()] == [1, 0]
        row.refresh_from_db()
        assert (row.state, row.proxy.state, owed(row)) == ("withdrawn", "ended", [])


def test_who_sees_requests(cast: Cast) -> None:
    row = taken(cast)
    seen = {
        role
        for role, actor in cast.actors.items()
        if ServiceRequest.objects.filter(policies.requests_visible_to(actor), pk=row.pk).exists()
    }
    desk = {"community_worker", "second_worker", "secretary", "street_officer"}
    assert seen == desk | {"department_handler"}


def test_an_item_of_a_ledger_is_published_and_one_of_a_name_is_the_same(cast: Cast) -> None:
    place = cast.places["community"].pk
    rows = [{"label": "居住证明", "place": place, "days": 1, "papers": "身份证"}]
    first = items.item_record_many(actor=SYSTEM, rows=rows)
    assert items.item_record_many(actor=SYSTEM, rows=[{**rows[0], "days": 2}]) == first
    assert ServiceItem.objects.filter(policies.published()).get().days == 2
    odd: list[dict[str, Any]] = [
        {"label": "长" * 81},
        {"label": "短", "since": clock.today(), "until": clock.today() - DAY},
    ]
    assert items.items_refused(rows=[*rows, *odd]) == {1: "service_item.too_long", 2: "service_item.days"}


def test_an_item_that_names_no_time_takes_what_the_profile_says(cast: Cast) -> None:
    place = {"name": "清河县邻里", "root": "990901"}
    content_apply(actor=SYSTEM, content={"place": place, "services": {"days": 1}})
    assert due(taken(cast, item(cast, days=None))) == "03-03 17:30"


def test_the_workflow_is_sound() -> None:
    assert REQUEST.check() == []
