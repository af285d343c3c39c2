"""The pages of conventions: what each person finds there, and what is sent from them."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.accounts.testing import Cast
from linli.core import clock
from linli.deliberation.models import Convention
from linli.deliberation.operations import conventions as operations
from linli.deliberation.tests.agreed import (
    DAY,
    TEXT,
    drafted,
    meeting,
    opened,
    published,
    put,
    submitted,
)
from linli.records.tests.test_import_pages import signed_in as sign_in

pytestmark = pytest.mark.django_db
START = "2026-03-02T10:00"


@pytest.fixture(autouse=True)
def today(db: None) -> Any:
    with clock.frozen(START) as held:
        yield held


def signed_in(cast: Cast, who: str) -> Client:
    return sign_in(cast, Client(), who)


def test_a_convention_is_written_in_the_browser_and_what_was_typed_stays(cast: Cast) -> None:
    client, place = signed_in(cast, "community_worker"), cast.places["community"].pk
    sent = {"place": place, "kind": "residents", "title": "居民公约", "purpose": "", "text": f"{TEXT}\n违者罚款。"}
    refused = client.post("/conventions/new/", sent)
    assert (refused.status_code, "违者罚款。" in refused.content.decode()) == (400, True)
    assert client.post("/conventions/new/", {**sent, "text": TEXT}).status_code == 302
    row = Convention.objects.get()
    text = f"/conventions/{row.pk}/text/"
    change = {"kind": "residents", "title": "居民公约", "purpose": "", "text": "好好商量。", "version": row.version}
    assert client.get(text).status_code == 200
    assert (client.post(text, change).status_code, client.post(text, change).status_code) == (302, 409)
    until = {"until": (clock.today() + 7 * DAY).isoformat()}
    assert client.post(f"/conventions/{row.pk}/open/", {"until": ""}).status_code == 400
    assert client.post(f"/conventions/{row.pk}/open/", until).status_code == 302
    assert (client.get(text).status_code, client.post(f"/conventions/{row.pk}/nothing/").status_code) == (404, 404)
    assert client.get(f"/conventions/{row.pk}/print/").content.startswith(b"%PDF")


def test_residents_comment_and_read_the_answer(cast: Cast) -> None:
    draft, row, client = drafted(cast, "养犬公约"), opened(cast), Client()
    page = f"/public/conventions/{row.pk}/convention/"
    assert client.get(f"/public/conventions/{draft.pk}/convention/").status_code == 404
    listed = client.get(f"/public/conventions/{cast.places['community'].code}/").content.decode()
    assert (row.title in listed, draft.title in listed) == (True, False)
    assert client.post(page, {"position": "9", "text": "太早"}).status_code == 400
    assert client.post(page, {"position": "1", "text": "太早"}).status_code == 302
    comment = row.comments.get()
    assert "太早" not in client.get(page).content.decode()
    worker = signed_in(cast, "community_worker")
    assert "太早" in worker.get(f"/conventions/{row.pk}/").content.decode()
    answer = {"answer": "改为十点半。", "clause": "晚上十点半后降低音量。", "how": "take_up"}
    assert signed_in(cast, "outsider").post(f"/conventions/comments/{comment.pk}/", answer).status_code == 404
    assert worker.post(f"/conventions/comments/{comment.pk}/", answer).status_code == 302
    shown = client.get(page).content.decode()
    assert ("太早" in shown, "晚上十点半后" in shown) == (True, True)
    with clock.frozen(clock.now() + 8 * DAY):
        assert client.post(page, {"position": "1", "text": "晚了"}).status_code == 409


def test_it_goes_from_adoption_to_filing_on_its_page(cast: Cast) -> None:
    row, worker = put(cast), signed_in(cast, "community_worker")
    do = f"/conventions/{row.pk}"
    assert worker.get(f"{do}/").status_code == 200
    held = meeting(cast, clock.today())
    vote = {"source": f"meeting.{held.pk}", "due": "45", "came": "38", "votes_for": "19"}
    assert worker.post(f"{do}/adopt/", {"source": "meeting.x"}).status_code == 400
    assert worker.post(f"{do}/adopt/", vote).status_code == 409
    assert worker.post(f"{do}/adopt/", {**vote, "votes_for": "20"}).status_code == 302
    assert worker.post(f"{do}/publish/").status_code == 302
    assert worker.post(f"{do}/submit/").status_code == 302
    number = {"number": "东备1号", "day": clock.today().isoformat()}
    assert worker.post(f"{do}/receive/", number).status_code == 403
    street = signed_in(cast, "street_officer")
    assert street.post(f"{do}/receive/", {**number, "number": ""}).status_code == 400
    assert street.post(f"{do}/receive/", number).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.filed_number) == ("filed", "东备1号")
    amended = worker.post(f"{do}/amend/")
    second = Convention.objects.get(previous=row)
    assert amended["Location"] == f"/conventions/{second.pk}/"
    assert worker.get(f"/conventions/{second.pk}/").status_code == 200
    # While the next edition is being made, no other is offered.
    assert f"{do}/amend/" not in worker.get(f"{do}/").content.decode()
    assert "东备1号" in Client().get(f"/public/conventions/{row.pk}/convention/").content.decode()


def test_who_finds_what_and_what_is_not_filed(cast: Cast) -> None:
    owed, sent = published(cast), submitted(cast, title="楼道公约")
    away = published(cast, place="far_community")
    street = signed_in(cast, "street_officer")
    unfiled = [line.row.pk for line in street.get("/conventions/?state=unfiled").context["lines"]]
    assert sorted(unfiled) == sorted([owed.pk, sent.pk])
    assert [place.name for place in street.get("/conventions/").context["without"]] == ["秋实社区"]
    for who, status in (("community_worker", 200), ("leader", 200), ("outsider", 404), ("grid_worker", 404)):
        assert signed_in(cast, who).get(f"/conventions/{owed.pk}/").status_code == status, who
    assert signed_in(cast, "outsider").get(f"/conventions/{away.pk}/").status_code == 200


def test_the_list_pages_by_key_and_asks_little(cast: Cast) -> None:
    operations.convention_comment(actor=cast.resident, convention_id=opened(cast).pk, position=1, text="好")
    Convention.objects.bulk_create(
        Convention(
            place=cast.places["community"],
            title=f"旧公约{number}",
            state="repealed",
            reason="旧",
            drafted_on=clock.today() - (number // 10 + 1) * DAY,
            recorded=clock.now(),
            recorder="system",
        )
        for number in range(70)
    )
    client = signed_in(cast, "community_worker")
    client.get("/conventions/")
    with CaptureQueriesContext(connection) as asked:
        first = client.get("/conventions/")
    assert len(asked) <= 12
    assert first.context["lines"][0].waiting == 1
    seen = [line.row.pk for line in first.context["lines"]]
    second = client.get(f"/conventions/?before={first.context['more']}")
    seen += [line.row.pk for line in second.context["lines"]]
    assert (len(seen), len(set(seen)), second.context["more"]) == (71, 71, "")
    assert client.get("/conventions/?before=x").status_code == 400
