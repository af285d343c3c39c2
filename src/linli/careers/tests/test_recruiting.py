"""Unified recruitment: a post goes to who was chosen in a round, or holds one already; else somebody says why."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import pytest
from django.test import Client

from linli.accounts.testing import Cast
from linli.careers.models import RecruitedPost, RecruitmentRound
from linli.careers.operations.promotions import round_close
from linli.careers.queries.recruiting import left_of, recruited
from linli.careers.tests.climbing import opened
from linli.careers.tests.test_careers import code_of
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.models import Entry
from linli.organizations.models import Post
from linli.organizations.operations.people import Named
from linli.organizations.operations.posts import Appointment, post_appoint, post_end
from linli.organizations.operations.recording import post_record_many
from linli.organizations.tests.test_pages import enter
from linli.records.operations.profiles import content_apply

pytestmark = pytest.mark.django_db
KIND = "community_worker"


@pytest.fixture(autouse=True)
def unified(cast: Cast) -> None:
    def content(held: Mapping[str, Any]) -> dict[str, Any]:
        return {**held, "posts": {**(held.get("posts") or {}), "recruited": [KIND]}}

    content_apply(actor=SYSTEM, content=content)


def given(cast: Cast, name: str = "甲新进", place: str = "second_community", **more: Any) -> Post:
    """Somebody new in a post of this kind, or whoever is named."""
    values = {"kind": KIND, "named": Named(name, staff_number=f"X{name}"), "since": clock.today(), **more}
    return post_appoint(actor=SYSTEM, appointment=Appointment(place_id=cast.places[place].pk, **values))


def closed(cast: Cast, chosen: int = 1, rung: str = "worker") -> RecruitmentRound:
    """A round of the street in which so many were chosen."""
    row = opened(cast, rung=rung)
    return round_close(actor=SYSTEM, round_id=row.pk, applicants=5, chosen=chosen)


def test_a_post_goes_to_who_was_chosen_and_to_nobody_more(cast: Cast) -> None:
    assert code_of(given, cast=cast) == "post.recruitment"
    assert code_of(given, cast=cast, exception="长" * 201) == "post.exception"
    running, other, row = opened(cast, rung="worker"), closed(cast, rung="deputy"), closed(cast)
    far = {"cast": cast, "place": "far_community", "round_id": row.pk}
    tried = [{"cast": cast, "round_id": pk} for pk in (running.pk, other.pk, 0)]
    assert [code_of(given, **more) for more in (*tried, far)] == ["post.round", "post.round", "not_found", "post.round"]
    assert not Post.objects.filter(person__name="甲新进").exists()
    post = given(cast, round_id=row.pk)
    held = RecruitedPost.objects.get()
    assert (held.post_id, held.basis, held.round_id, left_of(row)) == (post.pk, "round", row.pk, 0)
    assert code_of(given, cast=cast, name="乙新进", round_id=row.pk) == "post.round_full"
    assert Entry.objects.filter(operation="post.recruit", subject_id=post.pk).count() == 1


def test_who_holds_such_a_post_is_transferred_and_others_need_a_reason(cast: Cast) -> None:
    worker = cast.posts["community_worker"]
    moved = given(cast, named=None, person_id=worker.person_id)
    assert moved.recruited.basis == "transfer"
    alone = given(cast, "乙新进", exception="组织调配的退役军人")
    assert (alone.recruited.basis, alone.recruited.reason) == ("exception", "组织调配的退役军人")
    # One may come from a post that ended just now, and not from one that ended long ago.
    post_end(actor=SYSTEM, post_id=alone.pk)
    assert alone.person_id
    again = partial(given, cast, named=None, person_id=alone.person_id)
    assert again(place="community").recruited.basis == "transfer"
    Post.objects.filter(person_id=alone.person_id).update(until=clock.today())
    with clock.frozen("2026-05-04T10:00"):
        assert code_of(again, since=clock.today()) == "post.recruitment"
    told = recruited(cast.street_officer)
    assert ([number for _label, number in told.numbers], len(told.exceptions)) == ([0, 2, 1], 1)
    assert [number for _label, number in recruited(cast.outsider).numbers] == [0, 0, 0]


def test_other_kinds_and_rosters_are_as_before(cast: Cast) -> None:
    given(cast, kind="community_member")
    row = {"kind": KIND, "name": "名册甲", "staff_number": "MC1", "place": cast.places["community"].pk}
    post_record_many(actor=SYSTEM, rows=[{**row, "state": "in_post"}])
    assert Post.objects.filter(person__name="名册甲", kind=KIND).exists()
    assert not RecruitedPost.objects.exists()


def test_the_round_gives_a_post_in_the_browser(cast: Cast, client: Client) -> None:
    row, officer = closed(cast), enter(cast, "street_officer")
    page, form = f"/careers/rounds/{row.pk}/", f"/careers/rounds/{row.pk}/appoint/"
    assert form in officer.get(page).content.decode()
    sent = {"kind": KIND, "place": cast.places["community"].pk, "name": "甲新进", "since": f"{clock.today()}"}
    refused = officer.post("/organizations/posts/appoint/", sent)
    assert (refused.status_code, "exception" in refused.context["form"].fields) == (409, True)
    assert officer.post(form, {**sent, "kind": "community_member"}).status_code == 400
    assert officer.post(form, sent).status_code == 302
    assert form not in officer.get(page).content.decode()
    assert officer.post(form, {**sent, "name": "乙新进"}).status_code == 409
    shown = officer.get("/careers/pay/rules/").context["recruited"]
    assert [number for _label, number in shown.numbers] == [1, 0, 0]
    assert enter(cast, "community_worker").get(form).status_code == 404
