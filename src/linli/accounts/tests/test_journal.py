"""The journal page: those who audit see who did what to what and when, and never what was written."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linli.accounts.auditing import ACTORS, Wanted, journal_for
from linli.accounts.neighbourhood import Cast
from linli.accounts.operations.looking import person_unmask_phone
from linli.core import clock, journal
from linli.core.actors import SYSTEM, VISITOR
from linli.core.errors import InvalidInput, NotFound

pytestmark = pytest.mark.django_db
BACKEND = "linli.accounts.backends.PhoneOrNameBackend"


def wrote(cast: Cast, many: int = 1, subject: int = 7) -> None:
    for _index in range(many):
        facts = {"from": "taken", "to": "done", "reason": "张三家里漏水"}
        place = cast.places["grid"].pk
        journal.write(cast.grid_worker, "case.finish", ("case", subject), place_id=place, facts=facts)


def test_all_but_auditors_find_no_journal(cast: Cast, client: Client) -> None:
    for name in cast.actors:
        if name not in ("auditor", "audit_administrator"):
            with pytest.raises(NotFound):
                journal_for(cast.actors[name], Wanted())
    client.force_login(cast.users["leader"], backend=BACKEND)
    assert client.get("/security/journal/").status_code == 404


def test_who_what_where_and_when_but_no_words_of_people(cast: Cast, client: Client, settings: object) -> None:
    settings.SECOND_FACTOR_REQUIRED = False  # type: ignore[attr-defined]
    wrote(cast)
    (line,) = journal_for(cast.auditor, Wanted(subject="case", number="7")).lines
    assert (line.who, line.code, line.place, line.subject_id) == ("郑小禾", "case.finish", "春晓第一网格", 7)
    assert line.change.count("→") == 1
    client.force_login(cast.users["auditor"], backend=BACKEND)
    page = client.get("/security/journal/?subject=case&number=7").content.decode()
    assert "郑小禾" in page
    assert "漏水" not in page


def test_filters_narrow_and_wrong_ones_are_refused(cast: Cast) -> None:
    with clock.frozen("2026-03-09T23:59"):
        wrote(cast, subject=1)
    with clock.frozen("2026-03-10T00:00"):
        wrote(cast, subject=2)
        journal.write(cast.secretary, "case.accept", ("case", 2))

        def found(**wanted: str) -> list[int | None]:
            return [line.subject_id for line in journal_for(cast.auditor, Wanted(subject="case", **wanted)).lines]

        assert found(day="2026-03-09") == [1]
        assert found(day="2026-03-10") == [2, 2]
        assert found(number="2", who="陈立新") == [2]
        assert found(who=cast.users["grid_worker"].username) == [2, 1]
        assert found(who="没有这个人") == []
        for bad in ({"day": "someday"}, {"number": "x"}, {"after": "-1"}):
            with pytest.raises(InvalidInput):
                found(**bad)


def test_looks_at_the_same_person_stand_beside(cast: Cast) -> None:
    person = cast.users["grid_worker"].person_id or 0
    person_unmask_phone(actor=cast.street_officer, person_id=person, reason="通知开会")
    page = journal_for(cast.auditor, Wanted(subject="person", number=str(person)))
    assert [(look.who, look.reason) for look in page.looks] == [("赵启明", "通知开会")]


def test_looks_name_who_looked_on_the_log_and_for_whom_it_concerns(cast: Cast, client: Client, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    person = cast.users["grid_worker"].person_id or 0
    person_unmask_phone(actor=cast.street_officer, person_id=person, reason="通知开会")
    for role, address in (("auditor", "/security/looks/"), ("grid_worker", "/me/")):
        client.force_login(cast.users[role], backend=BACKEND)
        page = client.get(address).content.decode()
        assert all(words in page for words in ("赵启明", "通知开会")), role
        assert cast.street_officer.key not in page, role


def test_no_line_shows_a_key_or_a_code_where_there_are_words(cast: Cast) -> None:
    post = cast.posts["grid_worker"].pk
    for actor, operation in ((SYSTEM, "post.record_many"), (VISITOR, "post.confirm"), (SYSTEM, "post.unheard_of")):
        journal.write(actor, operation, ("post", post))
    lines = journal_for(cast.auditor, Wanted(subject="post", number=str(post))).lines[:3]
    assert [str(line.operation) == line.code for line in lines] == [True, False, False]
    assert [line.who for line in lines] == [str(ACTORS[key]) for key in ("system", "visitor", "system")]
    for line in lines:
        shown = journal_for(cast.auditor, Wanted(subject="post", who=line.who)).lines
        assert line.id in {one.id for one in shown}, "who is named so is found so"


def test_every_page_costs_the_same(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    wrote(cast, 60)
    with django_assert_max_num_queries(5):
        first = journal_for(cast.auditor, Wanted(subject="case"))
    with django_assert_max_num_queries(5):
        second = journal_for(cast.auditor, Wanted(subject="case", after=first.next_key))
    assert (len(first.lines), len(second.lines), second.next_key) == (50, 10, "")
    assert not {line.id for line in first.lines} & {line.id for line in second.lines}
