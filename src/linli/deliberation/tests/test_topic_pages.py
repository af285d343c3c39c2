"""The pages of topics and resolutions: what each person finds there, and what is sent from them."""

import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.accounts.testing import Cast
from linli.core import clock
from linli.deliberation.models import Topic
from linli.deliberation.operations import objections, steps
from linli.deliberation.tests.topics import DAY, PDF, START, begun, current, decided, proposed
from linli.records.tests.test_import_pages import signed_in as sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(db: None) -> Any:
    with clock.frozen(START) as held:
        yield held


def signed_in(cast: Cast, who: str) -> Client:
    return sign_in(cast, Client(), who)


def test_a_step_is_recorded_on_the_page_of_its_topic(cast: Cast) -> None:
    client, topic = signed_in(cast, "community_worker"), begun(cast)
    step = current(topic)
    page = f"/topics/{topic.pk}/"
    assert client.get(page).status_code == 200
    day = clock.today().isoformat()
    assert client.post(f"/topics/steps/{step.pk}/hold/", {"held_on": "", "summary": "x"}).status_code == 400
    done = client.post(f"/topics/steps/{step.pk}/hold/", {"held_on": day, "summary": "支部提议"})
    assert (done.status_code, current(topic).code) == (302, "discuss")
    numbers = {"held_on": day, "due": 7, "came": 7, "votes_for": 3, "votes_against": 4, "abstained": 0}
    client.post(f"/topics/steps/{current(topic).pk}/hold/", numbers)
    shown = client.get(page).content.decode()
    assert (current(topic).state, "3 / 7" in shown) == ("not_met", True)
    # A refusal keeps what was typed.
    refused = client.post(f"/topics/steps/{current(topic).pk}/hold/", {**numbers, "came": 8, "summary": "打了很多字"})
    assert (refused.status_code, "打了很多字" in refused.content.decode()) == (400, True)


def test_the_list_filters_pages_by_key_and_asks_little(cast: Cast) -> None:
    for number in range(3):
        proposed(cast, f"议题{number}")
    Topic.objects.bulk_create(
        Topic(
            place=cast.places["community"],
            title=f"旧议题{number}",
            source="body",
            proposed_on=clock.today() - (number // 10 + 1) * DAY,
            recorded=clock.now(),
            recorder="system",
        )
        for number in range(70)
    )
    client = signed_in(cast, "community_worker")
    client.get("/topics/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        first = client.get("/topics/")
    assert len(asked) <= 12
    seen = [line.topic.pk for line in first.context["lines"]]
    second = client.get(f"/topics/?before={first.context['more']}")
    seen += [line.topic.pk for line in second.context["lines"]]
    assert (len(seen), len(set(seen)), second.context["more"]) == (73, 73, "")
    assert [line.topic.title for line in client.get("/topics/?q=旧议题11&state=proposed").context["lines"]] == [
        "旧议题11"
    ]
    assert client.get("/topics/?before=x").status_code == 400


def test_who_finds_what(cast: Cast) -> None:
    topic, waiting = decided(cast), proposed(cast, "待受理")
    for who, status in (("community_worker", 200), ("leader", 200), ("secretary", 200), ("outsider", 404)):
        assert signed_in(cast, who).get(f"/topics/{topic.pk}/").status_code == status, who
    assert Client().get(f"/public/topics/{waiting.pk}/topic/").status_code == 404
    shown = Client().get(f"/public/topics/{topic.pk}/topic/").content.decode()
    assert "四议两公开" in shown
    assert "/papers/" not in shown
    listed = Client().get(f"/public/topics/{cast.places['community'].code}/").content.decode()
    assert (topic.title in listed, waiting.title in listed) == (True, False)
    paper = topic.steps.get(code="decide").papers.get()
    assert signed_in(cast, "community_worker").get(f"/topics/papers/{paper.pk}/").status_code == 200
    assert signed_in(cast, "outsider").get(f"/topics/papers/{paper.pk}/").status_code == 404


def test_residents_propose_object_and_rate_without_a_name(cast: Cast) -> None:
    client, code = Client(), cast.places["community"].code
    assert client.post(f"/public/topics/{code}/propose/", {"title": "装充电桩"}).status_code == 200
    assert client.post(f"/public/topics/{code}/propose/", {"title": "装充电桩"}).status_code == 409
    assert client.get(f"/public/topics/{cast.places['street'].code}/propose/").status_code == 404
    topic, worker = decided(cast), cast.community_worker
    page = f"/public/topics/{topic.pk}/topic/"
    assert client.post(page, {"text": "早了"}).status_code == 409
    steps.step_disclose(actor=worker, step_id=current(topic).pk, text="决定。")
    assert client.post(page, {"text": "太吵"}).status_code == 302
    row = topic.objections.get()
    assert "太吵" not in client.get(page).content.decode()
    objections.objection_answer(actor=worker, objection_id=row.pk, text="白天施工")
    assert "太吵" in client.get(page).content.decode()
    for _step in ("disclosure_1", "carry_out"):
        with clock.frozen(clock.day_start(clock.today() + 8 * DAY)):
            steps.step_finish(actor=worker, step_id=current(topic).pk)
    with clock.frozen(clock.day_start(clock.today() + 9 * DAY)):
        steps.step_disclose(actor=worker, step_id=current(topic).pk, text="完工。")
    rating = {"solved": "yes", "satisfied": "4"}
    assert client.post(f"/public/topics/{topic.pk}/rate/", rating).status_code == 409
    with clock.frozen(clock.day_start(clock.today() + 20 * DAY)):
        steps.step_finish(actor=worker, step_id=current(topic).pk)
        assert client.post(f"/public/topics/{topic.pk}/rate/", rating).status_code == 302
        assert client.post(f"/public/topics/{topic.pk}/rate/", rating).status_code == 409
    assert topic.ratings.count() == 1


def test_a_topic_is_taken_up_and_put_off_on_its_page(cast: Cast) -> None:
    client, topic = signed_in(cast, "community_worker"), proposed(cast)
    begin = {"procedure": "consultation", "tier": "", "public": "on"}
    assert client.post(f"/topics/{topic.pk}/begin/", {**begin, "procedure": "x"}).status_code == 400
    assert client.post(f"/topics/{topic.pk}/begin/", begin).status_code == 302
    assert client.post(f"/topics/{topic.pk}/postpone/", {"reason": ""}).status_code == 400
    assert client.post(f"/topics/{topic.pk}/postpone/", {"reason": "等等"}).status_code == 302
    assert client.post(f"/topics/{topic.pk}/nothing/", {}).status_code == 404
    topic.refresh_from_db()
    assert topic.state == "postponed"


def test_papers_come_with_a_step(cast: Cast) -> None:
    client, topic = signed_in(cast, "community_worker"), begun(cast, "half_past_seven")
    paper = io.BytesIO(PDF)
    paper.name = "记录.pdf"
    sent = {"held_on": clock.today().isoformat(), "summary": "居民提出", "files": paper}
    client.post(f"/topics/steps/{current(topic).pk}/hold/", sent)
    assert [item.name for item in topic.steps.get(code="propose").papers.all()] == ["记录.pdf"]


def test_a_paper_of_the_wrong_kind_is_refused_and_nothing_is_lost(cast: Cast) -> None:
    client, topic = signed_in(cast, "community_worker"), begun(cast, "half_past_seven")
    step = current(topic)
    for name, content in (("记录.pdf", b"MZ\x90\x00 no paper"), ("run.exe", b"MZ\x90\x00"), ("空.pdf", b"")):
        paper = io.BytesIO(content)
        paper.name = name
        sent = {"held_on": clock.today().isoformat(), "summary": "打了很多字", "files": paper}
        refused = client.post(f"/topics/steps/{step.pk}/hold/", sent)
        assert (refused.status_code, "打了很多字" in refused.content.decode()) == (400, True), name
    step.refresh_from_db()
    assert (current(topic).pk, step.papers.count(), step.summary) == (step.pk, 0, "")
