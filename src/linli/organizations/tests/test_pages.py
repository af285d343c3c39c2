"""The pages of bodies and posts: they open for those who may, are missing for others, and cost few queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.accounts.neighbourhood import Cast
from linli.core import clock
from linli.core.testing.plugin import needs_printing
from linli.organizations.models import HandOver, Organization, Post, Seat, Shift

BACKEND = "linli.accounts.backends.PhoneOrNameBackend"


def enter(cast: Cast, role: str) -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    client.force_login(cast.users[role], backend=BACKEND)
    return client


LISTS = ("", "matrix/", "missing/", "posts/", "duty/", "matrix/?gaps=1", "?type=office&q=社区", "posts/?loose=1")


@pytest.mark.parametrize("address", LISTS)
def test_lists_open_for_the_secretary_and_are_missing_for_a_resident(cast: Cast, address: str) -> None:
    assert enter(cast, "secretary").get(f"/organizations/{address}").status_code == 200
    assert enter(cast, "resident").get(f"/organizations/{address}").status_code == 404
    assert Client().get(f"/organizations/{address}").status_code == 404


def test_a_body_and_a_post_show_what_may_be_done(cast: Cast) -> None:
    office = cast.bodies["community_office"].pk
    page = enter(cast, "secretary").get(f"/organizations/{office}/").content.decode()
    assert f"/organizations/{office}/end/" in page
    assert "林晓梅" in page
    hidden = enter(cast, "outsider").get(f"/organizations/{office}/").content.decode()
    assert f"/organizations/{office}/end/" not in hidden
    assert "林晓梅" not in hidden


def test_the_outsider_finds_no_post_of_the_neighbours(cast: Cast) -> None:
    post = cast.posts["community_worker"]
    outsider = enter(cast, "outsider")
    assert outsider.get(f"/organizations/posts/{post.pk}/").status_code == 404
    assert outsider.get(f"/organizations/people/{post.person_id}/").status_code == 404
    assert outsider.get("/organizations/posts/999999/").status_code == 404
    assert enter(cast, "secretary").get(f"/organizations/posts/{post.pk}/").status_code == 200


def test_appointing_by_form_and_its_refusal_on_the_form(cast: Cast) -> None:
    secretary = enter(cast, "secretary")
    data = {"kind": "grid_worker", "place": cast.places["second_grid"].pk, "name": "罗新", "phone": "10055556666"}
    assert secretary.post("/organizations/posts/appoint/", data).status_code == 302
    assert Post.objects.get(place=cast.places["second_grid"]).confirmed
    again = secretary.post("/organizations/posts/appoint/", data)
    assert again.status_code == 409
    assert Post.objects.filter(place=cast.places["second_grid"]).count() == 1
    assert secretary.get("/organizations/posts/appoint/").status_code == 200


def test_last_days_are_entered_and_shown_as_people_say_them(cast: Cast) -> None:
    secretary, today = enter(cast, "secretary"), clock.today()
    post, colleague = cast.posts["second_worker"], cast.posts["grid_worker"].person_id
    data = {"person": colleague, "since": today, "until": today}
    assert secretary.post(f"/organizations/posts/{post.pk}/stand-in/", data).status_code == 302
    stand_in = Post.objects.get(stands_in_for=post)
    assert stand_in.until == today + timedelta(days=1)
    for address in (f"posts/{stand_in.pk}/", f"posts/{post.pk}/", "posts/", f"people/{colleague}/"):
        page = secretary.get(f"/organizations/{address}").content.decode()
        assert f"{today:%Y-%m-%d}" in page, address
        assert f"{stand_in.until:%Y-%m-%d}" not in page, address
    data["until"] = today - timedelta(days=1)
    assert secretary.post(f"/organizations/posts/{post.pk}/stand-in/", data).status_code == 400
    never = secretary.post(f"/organizations/posts/{post.pk}/stand-in/", {**data, "until": "9999-12-31"})
    assert never.status_code == 400


def test_a_post_ends_with_its_last_day(cast: Cast) -> None:
    secretary, post, today = enter(cast, "secretary"), cast.posts["second_worker"], clock.today()
    assert secretary.post(f"/organizations/posts/{post.pk}/end/", {"on": today}).status_code == 302
    post.refresh_from_db()
    assert post.until == today + timedelta(days=1)
    grid = cast.places["second_grid"].pk
    data = {"kind": "grid_worker", "place": grid, "name": "罗新", "until": today + timedelta(days=9)}
    assert secretary.post("/organizations/posts/appoint/", data).status_code == 302
    assert Post.objects.get(person__name="罗新").until == today + timedelta(days=10)


@needs_printing
def test_ending_a_post_leads_to_a_printed_sheet(cast: Cast) -> None:
    secretary = enter(cast, "secretary")
    post = cast.posts["second_worker"]
    assert secretary.post(f"/organizations/posts/{post.pk}/end/", {"reason": "调离"}).status_code == 302
    sheet = HandOver.objects.get()
    pdf = secretary.get(f"/organizations/hand-overs/{sheet.pk}.pdf")
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")
    assert enter(cast, "outsider").get(f"/organizations/hand-overs/{sheet.pk}.pdf").status_code == 404


@needs_printing
@pytest.mark.parametrize("to", ["successor", "nobody"])
def test_the_sheet_is_printed_whoever_takes_over(cast: Cast, to: str) -> None:
    post, other = cast.posts["second_worker"], cast.posts["grid_worker"]
    sheet = HandOver.objects.create(
        post=post, successor=other if to == "successor" else None, day=clock.today(), at=clock.now()
    )
    Post.objects.filter(pk=post.pk).update(kind="a word of a ledger")
    secretary = enter(cast, "secretary")
    assert secretary.get(f"/organizations/hand-overs/{sheet.pk}.pdf").content.startswith(b"%PDF")
    assert "a word of a ledger" in secretary.get(f"/organizations/posts/{post.pk}/").content.decode()


@needs_printing
def test_the_letter_is_printed_for_confirmed_posts_only(cast: Cast) -> None:
    post = cast.posts["grid_lead"]
    secretary = enter(cast, "secretary")
    assert secretary.get(f"/organizations/posts/{post.pk}/letter.pdf").content.startswith(b"%PDF")
    Post.objects.filter(pk=post.pk).update(confirmed=False)
    assert secretary.get(f"/organizations/posts/{post.pk}/letter.pdf").status_code == 404


def test_a_new_body_by_form(cast: Cast) -> None:
    data = {"type": "volunteer_team", "name": "红马甲队", "place": cast.places["compound"].pk}
    assert enter(cast, "secretary").post("/organizations/new/", data).status_code == 302
    body = Organization.objects.get(name="红马甲队")
    assert (body.type, body.place_id) == ("volunteer_team", cast.places["compound"].pk)


def body_at(cast: Cast, name: str, kind: str) -> Organization:
    """A body at the community, made by the form."""
    data = {"type": kind, "name": name, "place": cast.places["compound"].pk}
    assert enter(cast, "secretary").post("/organizations/new/", data).status_code == 302
    return Organization.objects.get(name=name)


def test_a_body_moves_below_another_by_form(cast: Cast) -> None:
    above, below = body_at(cast, "总队", "volunteer_team"), body_at(cast, "分队", "volunteer_team")
    secretary = enter(cast, "secretary")
    url = f"/organizations/{below.pk}/move/"
    assert secretary.get(url).status_code == 200
    assert secretary.post(url, {"version": 1, "parent": above.pk}).status_code == 302
    below.refresh_from_db()
    assert (below.parent_id, below.path) == (above.pk, f"{above.path}{below.pk}/")
    assert secretary.post(url, {"version": 1, "parent": above.pk}).status_code == 409
    assert secretary.post(f"/organizations/{above.pk}/move/", {"version": 1, "parent": below.pk}).status_code == 400
    assert enter(cast, "outsider").post(url, {"version": 2, "parent": above.pk}).status_code in (403, 404)


def test_a_unit_gets_a_seat_and_gives_it_up(cast: Cast) -> None:
    committee, unit = body_at(cast, "大党委", "joint_committee"), body_at(cast, "储蓄所", "member_unit")
    secretary = enter(cast, "secretary")
    url = f"/organizations/{committee.pk}/seats/"
    assert secretary.get(url).status_code == 200
    data = {"member": unit.pk, "resources": "会议室"}
    assert secretary.post(url, data).status_code == 302
    assert secretary.post(url, data).status_code == 409
    seat = Seat.objects.get()
    assert "会议室" in secretary.get(f"/organizations/{committee.pk}/").content.decode()
    assert enter(cast, "outsider").post(f"/organizations/seats/{seat.pk}/end/").status_code in (403, 404)
    assert secretary.post(f"/organizations/seats/{seat.pk}/end/").status_code == 302
    seat.refresh_from_db()
    assert seat.until is not None


def test_shifts_by_form(cast: Cast) -> None:
    secretary = enter(cast, "secretary")
    data = {
        "post": cast.posts["grid_worker"].pk,
        "kind": "night",
        "starts": "2099-01-01T20:00",
        "ends": "2099-01-02T08:00",
    }
    assert secretary.post("/organizations/duty/", data).status_code == 302
    assert secretary.post("/organizations/duty/", data).status_code == 409
    shift = Shift.objects.get()
    assert secretary.post(f"/organizations/duty/{shift.pk}/cancel/").status_code == 302
    shift.refresh_from_db()
    assert shift.cancelled


@needs_printing
def test_the_card_of_a_grid_is_public_and_shows_no_personal_phone(cast: Cast) -> None:
    Post.objects.filter(pk=cast.posts["grid_lead"].pk).update(duty_phone="0100-110011")
    page = Client().get("/public/grids/CX101/").content.decode()
    assert "周思远" in page
    assert "0100-110011" in page
    assert "1000000" not in page
    assert Client().get("/public/grids/CX101/card.pdf").content.startswith(b"%PDF")
    assert Client().get("/public/grids/NONE/").status_code == 404


@pytest.mark.parametrize("address", ["", "posts/", "matrix/"])
def test_lists_cost_few_queries(cast: Cast, address: str) -> None:
    secretary = enter(cast, "secretary")
    secretary.get(f"/organizations/{address}")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        secretary.get(f"/organizations/{address}")
    assert len(queries) <= 14, [item["sql"][:150] for item in queries]
