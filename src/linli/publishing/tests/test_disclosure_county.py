"""What is made public at the county, who hears of questions, the command, and pages of levels with nothing on them."""

import json
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from linli.accountability.tests.rounds import appointed
from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.errors import DomainError
from linli.core.models import WorkItem
from linli.messaging.models import Message
from linli.publishing.models import DisclosureDue, Publication
from linli.publishing.operations.due import disclosure_check
from linli.publishing.operations.publications import Notice, publication_post
from linli.publishing.operations.questions import question_ask
from linli.publishing.tests.rules import ACCOUNTS, ruled
from linli.publishing.tests.test_publications import posted, refused
from linli.web.queries import owed

pytestmark = pytest.mark.django_db
COUNTY: dict[str, Any] = {**ACCOUNTS, "code": "budget", "at": "county", "figures": []}
STREET: dict[str, Any] = {**ACCOUNTS, "code": "street_budget", "at": "street", "figures": []}
DAYS = (date(2025, 10, 1), date(2025, 12, 31))


@pytest.fixture(autouse=True)
def now(db: None) -> Any:
    with clock.frozen("2026-01-10T10:00") as held:
        yield held


@pytest.fixture
def here(cast: Cast) -> Cast:
    ruled(disclosure={"items": [ACCOUNTS, COUNTY, STREET], "answer_days": 3})
    return cast


def said(*words: str, **options: Any) -> Any:
    out = StringIO()
    call_command("disclosure", *words, json=True, stdout=out, **options)
    return json.loads(out.getvalue())


@pytest.mark.parametrize(("item", "level"), [("budget", "county"), ("street_budget", "street")])
def test_the_officer_of_the_county_and_of_the_street_owe_and_post_what_is_theirs(
    here: Cast, item: str, level: str
) -> None:
    county = appointed(here, "梁舒", "county_officer", "county")
    disclosure_check()
    actor = county if level == "county" else here.street_officer
    due = DisclosureDue.objects.get(item=item, place=here.places[level])
    pages = [line.url for group in owed(actor).groups for line in group.items]
    assert f"/disclosure/due/{due.pk}/" in pages
    notice = Notice(here.places[level].pk, "经费", "一百万元。", item, *DAYS)
    if level == "county":
        assert refused(publication_post, actor=here.street_officer, notice=notice) == "publication.not_yours"
    publication_post(actor=actor, notice=notice)
    due.refresh_from_db()
    assert due.state == "in_time"


def test_who_must_answer_hears_of_a_question_but_not_who_asks_nor_its_words(here: Cast, now: Any) -> None:
    row = posted(here)
    now.move_to(clock.day_start(date(2026, 1, 12)) + timedelta(hours=23))
    # Whoever asks may work there: the message comes to them as to everybody, or it would say who asked.
    asked = question_ask(actor=here.community_worker, publication_id=row.pk, text="我家低保呢?")
    told = Message.objects.filter(kind="disclosure.asked")
    people = {here.actors[who].user_id for who in ("community_worker", "second_worker", "secretary")}
    assert {message.user_id for message in told} == people
    assert {(message.title, message.body, message.urgency) for message in told} == {(row.title, "", "normal")}
    assert {message.link for message in told} == {f"/disclosure/questions/{asked.pk}/"}
    assert {message.facts["due"] for message in told} == {"2026-01-15"}


def test_the_command_lists_what_is_owed_and_posts_a_file_for_it(here: Cast, tmp_path: Path, now: Any) -> None:
    code = here.places["community"].code
    assert said("check")["raised"] == DisclosureDue.objects.count() > 3
    # Of the whole town, and of one community alone.
    assert {row["item"] for row in said("list")} == {"accounts", "budget", "street_budget"}
    (row,) = said("list", scope=code)
    assert (row["item"], row["place"], row["due"], row["state"]) == ("accounts", code, "2026-01-15", "waiting")
    assert said("list", state="overdue") == []
    paper = tmp_path / "收支.txt"
    paper.write_text("收入三万元，支出两万元。", "utf-8")
    done = said("post", str(paper), place=code, item="accounts")
    notice = Publication.objects.get(pk=done["id"])
    assert (notice.text, notice.since, notice.until) == ("收入三万元，支出两万元。", *DAYS)
    (row,) = said("list", scope=code, state="posted")
    assert (row["state"], row["publication"]) == ("in_time", notice.pk)
    assert WorkItem.objects.get(subject_type="disclosure_due", subject_id=row["id"]).ended
    for options, code_of in (
        ({"place": code, "item": "accounts"}, "publication.period_not_over"),
        ({"place": code, "item": "nothing"}, "publication.item"),
        ({"place": "000000000000", "item": "accounts"}, "not_found"),
    ):
        with pytest.raises(DomainError) as error:
            said("post", str(paper), **options)
        assert error.value.code == code_of
    paper.write_bytes("收入".encode("gb18030"))
    with pytest.raises(DomainError, match=r"file\.encoding"):
        said("post", str(paper), place=code, item="accounts")


def test_a_level_with_nothing_on_it_shows_first_what_lies_below(cast: Cast, client: Client) -> None:
    ruled(disclosure={"items": [ACCOUNTS], "answer_days": 3})
    street = f"/public/disclosure/{cast.places['street'].code}/"
    page = client.get(street)
    below = {f"/public/disclosure/{place.code}/" for place in page.context["page"].inside}
    text = page.content.decode()
    assert below
    assert all(address in text for address in below)
    assert 'id="now"' not in text
    publication_post(actor=cast.street_officer, notice=Notice(cast.places["street"].pk, "通知", "内容"))
    text = client.get(street).content.decode()
    assert text.index('id="now"') < text.index('id="inside"')
