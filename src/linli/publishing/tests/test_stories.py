"""Stories and letters: nobody is named without consent, and nothing of them is left when it is taken back."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linli.accounts.events import account_closed
from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.core.models import Entry
from linli.organizations.tests.test_pages import enter
from linli.publishing.models import Story, StoryPart
from linli.publishing.operations import stories as operations
from linli.publishing.operations.stories import Draft
from linli.publishing.operations.story_ledgers import story_record_many
from linli.publishing.policies.stories import public_stories, stories_visible_to
from linli.publishing.tests.told import NAME, WORDS, consent, drafted, letter

pytestmark = pytest.mark.django_db


def code_of(operation: Callable[..., Any], **values: Any) -> str:
    """The code with which an operation refuses; empty where it does not."""
    try:
        operation(**values)
    except DomainError as error:
        return error.code
    return ""


def told(cast: Cast, row: Story) -> StoryPart:
    given: dict[str, Any] = {"name": NAME, "words": WORDS, "consent": consent()}
    return operations.story_tell(actor=cast.community_worker, story_id=row.pk, **given)


def public_text(row: Story) -> str:
    answer = Client().get(f"/public/stories/{row.pk}/")
    return answer.content.decode() if answer.status_code == 200 else ""


def test_what_is_told_of_a_person_goes_with_their_consent(cast: Cast) -> None:
    row = drafted(cast)
    publish = partial(operations.story_publish, story_id=row.pk)
    assert code_of(publish, actor=cast.secretary) == "story.empty"
    part = told(cast, row)
    assert [code_of(publish, actor=actor) for actor in (cast.community_worker, cast.outsider)] == [
        "story.own",
        "not_found",
    ]
    assert public_text(row) == ""
    publish(actor=cast.secretary)
    assert NAME in public_text(row)
    assert code_of(publish, actor=cast.secretary) == "story.state"
    assert code_of(operations.part_withdraw, actor=cast.outsider, part_id=part.pk) == "not_found"
    operations.part_withdraw(actor=cast.community_worker, part_id=part.pk)
    row.refresh_from_db()
    part.refresh_from_db()
    # Of a story of a person nothing is left: it is off the public page, and no row and no journal knows the name.
    assert (row.state, public_text(row)) == ("draft", "")
    assert (part.name, part.words, part.consented_on, part.withdrawn_on) == (None, None, None, clock.today())
    assert not any(NAME in str(entry.facts) for entry in Entry.objects.filter(subject_type="story"))
    assert code_of(operations.part_withdraw, actor=cast.community_worker, part_id=part.pk) == "not_found"
    with pytest.raises(IntegrityError), transaction.atomic():
        StoryPart.objects.filter(pk=part.pk).update(consented_on=clock.today())


def test_the_story_of_a_unit_stays_without_the_person(cast: Cast) -> None:
    row = drafted(cast, about="unit", subject="清河社区", text="楼道书架一年借出三百册")
    part = told(cast, row)
    operations.story_publish(actor=cast.secretary, story_id=row.pk)
    assert NAME in public_text(row)
    operations.part_withdraw(actor=cast.secretary, part_id=part.pk)
    assert ("三百册" in public_text(row), NAME in public_text(row)) == (True, False)
    operations.story_take_off(actor=cast.community_worker, story_id=row.pk)
    assert public_text(row) == ""
    operations.story_drop(actor=cast.community_worker, story_id=row.pk)
    assert code_of(operations.story_publish, actor=cast.secretary, story_id=row.pk) == "story.state"


@pytest.mark.parametrize(
    ("values", "code"),
    [({"title": " "}, "story.title"), ({"about": "dog"}, "story.about"), ({"text": "长" * 8001}, "story.text"),
     ({"subject": "长" * 161}, "story.subject"), ({"place": "far_community"}, "not_found")],
)  # fmt: skip
def test_what_is_no_story(cast: Cast, values: dict[str, Any], code: str) -> None:
    assert code_of(drafted, cast=cast, **values) == code


def test_names_stand_apart_and_only_with_consent(cast: Cast) -> None:
    row = drafted(cast, text=f"{NAME}的故事")
    given: dict[str, Any] = {"actor": cast.community_worker, "story_id": row.pk, "name": NAME, "words": WORDS}
    tell = partial(operations.story_tell, **given)
    assert code_of(tell, consent=consent()) == "story.names"
    place = cast.places["community"].pk
    correct = partial(operations.story_correct, actor=cast.secretary, story_id=row.pk)
    assert code_of(correct, version=9, draft=Draft(place, "person", "送饭")) == "story.stale"
    correct(version=1, draft=Draft(place, "person", "送饭"))
    later = clock.today() + timedelta(days=1)
    bad = [consent(by="nobody"), consent(means="guess"), operations.Consent(later)]
    assert [code_of(tell, consent=item) for item in bad] == ["story.consent"] * 3
    tell(consent=consent(by="family", means="paper"))
    assert code_of(correct, version=3, draft=Draft(place, "person", f"{NAME}送饭")) == "story.names"
    # Who wrote last does not publish; the other one has read it.
    assert code_of(operations.story_publish, actor=cast.community_worker, story_id=row.pk) == "story.own"


def test_a_letter_is_kept_with_the_body_it_thanks_and_published_if_its_writer_says_so(cast: Cast) -> None:
    write = partial(operations.letter_write, actor=cast.community_worker, on_paper=True)
    row = write(letter=letter(cast))
    department, outsider = cast.department_handler, cast.outsider
    seen = [Story.objects.filter(stories_visible_to(actor), pk=row.pk).exists() for actor in (department, outsider)]
    assert (row.organization, seen) == (cast.bodies["department"], [True, False])
    assert code_of(operations.story_publish, actor=cast.secretary, story_id=row.pk) == "story.empty"
    assert code_of(operations.story_publish, actor=department, story_id=row.pk) == "story.not_yours"
    answer = partial(operations.part_consent, actor=cast.community_worker, part_id=row.parts.get().pk)
    answer(consent=consent(means="phone"))
    assert code_of(answer, consent=consent()) == "story.answered"
    operations.story_publish(actor=cast.secretary, story_id=row.pk)
    assert NAME in public_text(row)
    assert code_of(write, letter=letter(cast, "far_community")) == "story.not_yours"
    assert code_of(write, letter=letter(cast, kind="exemplar")) == "story.kind"
    draft = Draft(row.place_id, "unit", "改写")
    args = {"actor": cast.secretary, "story_id": row.pk}
    assert code_of(operations.story_correct, version=row.version, draft=draft, **args) == "story.letter"


def test_a_resident_writes_takes_back_and_leaves(cast: Cast) -> None:
    me, desk = enter(cast, "resident"), enter(cast, "secretary")
    sent = {"kind": "praise", "place": cast.places["community"].pk, "subject": "物业公司", "title": "好管家"}
    sent |= {"name": NAME, "words": WORDS}
    assert me.post("/stories/letters/new/", {**sent, "words": ""}).status_code == 400
    for _letter in range(2):
        assert me.post("/stories/letters/new/", {**sent, "consent": "on"}).status_code == 302
    first, second = Story.objects.order_by("pk")
    assert desk.post(f"/stories/{first.pk}/publish/").status_code == 302
    assert NAME in Client().get(f"/public/stories/{first.pk}/").content.decode()
    assert first.title in Client().get("/public/stories/?kind=praise").content.decode()
    # Who wrote it takes it back; nobody else's letter is theirs.
    assert enter(cast, "building_head").get(f"/stories/{first.pk}/").status_code == 404
    assert me.post(f"/stories/parts/{first.parts.get().pk}/withdraw/").status_code == 302
    assert Client().get(f"/public/stories/{first.pk}/").status_code == 404
    assert [row.row.pk for row in me.get("/stories/").context["lines"]] == [second.pk]
    account_closed.send(sender=None, user_id=cast.resident.user_id)
    assert not StoryPart.objects.filter(withdrawn_on=None).exists()


def test_a_desk_drafts_and_another_publishes_in_the_browser(cast: Cast) -> None:
    desk, above = enter(cast, "community_worker"), enter(cast, "secretary")
    sent = {"about": "person", "place": cast.places["community"].pk, "title": "送饭的邻居"}
    assert desk.post("/stories/new/", {**sent, "title": ""}).status_code == 400
    page = desk.post("/stories/new/", sent)["Location"]
    person = {"name": NAME, "words": WORDS, "by": "self", "means": "here", "on": f"{clock.today()}"}
    lost = desk.post(f"{page}tell/", {**person, "name": ""})
    assert (lost.status_code, WORDS in lost.content.decode()) == (400, True)
    assert desk.post(f"{page}tell/", person).status_code == 302
    assert desk.post(f"{page}publish/").status_code == 403
    assert above.post(f"{page}correct/", {**sent, "title": f"{NAME}送饭", "version": "2"}).status_code == 400
    assert above.post(f"{page}publish/").status_code == 302
    assert above.post(f"{page}publish/").status_code == 409
    assert enter(cast, "outsider").get(page).status_code == 404
    assert (desk.get("/stories/?state=published").context["lines"][0].row.title) == "送饭的邻居"


def test_old_lists_come_in_and_stand_on_no_page(cast: Cast) -> None:
    home, day = cast.places["community"].pk, clock.today()
    row = {"kind": "exemplar", "title": "第一书记的一天", "place": home, "written": day, "published": day}
    [pk] = story_record_many(actor=SYSTEM, rows=[row])
    assert story_record_many(actor=SYSTEM, rows=[{**row, "id": pk, "title": "书记的一天"}]) == [pk]
    kept = Story.objects.get()
    assert (kept.title, kept.state, Story.objects.filter(public_stories()).exists()) == (
        "书记的一天",
        "published",
        False,
    )
    own = drafted(cast)
    story_record_many(actor=SYSTEM, rows=[{**row, "id": own.pk}])
    own.refresh_from_db()
    assert (own.title, own.state) == ("送饭的邻居", "draft")


def test_lists_cost_the_same_for_many(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    rows = [{"kind": "exemplar", "title": f"故事{number}", "written": clock.today()} for number in range(55)]
    story_record_many(actor=SYSTEM, rows=[{**row, "place": cast.places["community"].pk} for row in rows])
    Story.objects.update(published_by="user:0", state="published", published_on=clock.today())
    desk = enter(cast, "community_worker")
    for address, kept in (("/stories/", "lines"), ("/public/stories/", "rows")):
        desk.get(address)
        with django_assert_max_num_queries(12):
            first = desk.get(address).context
        assert (len(first[kept]), len(desk.get(f"{address}?before={first['more']}").context[kept])) == (50, 5)
