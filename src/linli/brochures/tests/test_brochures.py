"""Brochures: written page by page, issued as editions that stay, sent out, brought again where few are left."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from linli.accounts.testing import Cast
from linli.brochures.fitting import SIGNS
from linli.brochures.models import LONGEST, Brochure, BrochurePage, LeafletStock, MaterialDispatch
from linli.brochures.operations.brochures import (
    Written,
    brochure_drop,
    brochure_issue,
    brochure_new,
    brochure_withdraw,
    page_write,
)
from linli.brochures.operations.dispatching import dispatch_make, stock_count
from linli.brochures.queries import source_of
from linli.brochures.tests.written import TITLE, begun, issued, point, sending
from linli.brochures.workflow import RESTOCK_OWED
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.core.models import Entry, WorkItem
from linli.publishing.models import Publication
from linli.services.models import ServiceItem

pytestmark = pytest.mark.django_db


def refused(call: Any, **values: Any) -> str:
    """The code with which something is refused."""
    with pytest.raises(DomainError) as caught, transaction.atomic():
        call(**values)
    return caught.value.code


def notice(cast: Cast, **more: Any) -> Publication:
    day = clock.today()
    given: dict[str, Any] = {"title": "低保公示", "text": "三户。", "posted": clock.now(), "posted_on": day}
    given |= {"up_until": day + timedelta(days=9), "place": cast.places["community"], "posted_by": "x"}
    return Publication.objects.create(**given | more)


def test_a_brochure_is_written_issued_and_stays(cast: Cast) -> None:
    desk = cast.actors["community_worker"]
    row = begun(cast)
    item = ServiceItem.objects.create(
        place=cast.places["county"],
        label="老年证",
        papers="身份证",
        state="published",
        recorded=clock.now(),
        recorder="x",
    )
    found = source_of(cast.places["community"], "service", item.pk)
    assert found is not None
    taken = Written(found.title, found.text, "service", item.pk)
    page_write(actor=desk, brochure_id=row.pk, number=7, written=taken)
    # A page that is moved changes places with the one that is there.
    page_write(actor=desk, brochure_id=row.pk, number=7, written=Written("老年证", "身份证", "service", item.pk, 2))
    assert dict(row.pages.values_list("number", "heading")) == {2: "老年证", 7: "便民电话"}
    page_write(actor=desk, brochure_id=row.pk, number=7, written=Written("", ""))
    assert row.pages.count() == 1
    done = brochure_issue(actor=desk, brochure_id=row.pk)
    assert (done.state, done.edition, done.issued_on, done.numbers[0]["number"]) == ("issued", 1, clock.today(), "110")
    assert issued(cast).edition == 2
    assert refused(page_write, actor=desk, brochure_id=row.pk, number=3, written=taken) == "brochure.state"
    assert refused(brochure_issue, actor=desk, brochure_id=row.pk) == "brochure.state"
    assert refused(brochure_withdraw, actor=desk, brochure_id=row.pk, reason=" ") == "brochure.reason"
    assert brochure_withdraw(actor=desk, brochure_id=row.pk, reason="电话已换").state == "withdrawn"
    assert issued(cast).edition == 3
    told = Entry.objects.filter(subject_type="brochure", subject_id=row.pk).values_list("operation", flat=True)
    assert set(told) == {f"brochure.{verb}" for verb in ("begin", "write", "empty", "issue", "withdraw")}


def test_the_database_itself_keeps_an_edition(cast: Cast) -> None:
    row, page = issued(cast), BrochurePage.objects.filter(brochure__state="issued")
    for change in (
        lambda: page.update(text="别的"),
        lambda: page.delete(),
        lambda: BrochurePage.objects.create(brochure=row, number=3, heading="x", text="x"),
        lambda: Brochure.objects.filter(pk=row.pk).update(title="别的"),
        lambda: Brochure.objects.filter(pk=row.pk).update(state="draft", edition=None, issued_on=None),
    ):
        with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("number", "written", "code"),
    [
        (1, Written("a", "b"), "not_found"),
        (2, Written("a", "b", number=8), "not_found"),
        (2, Written("", "b"), "brochure.heading"),
        (2, Written("题" * 15, "b"), "brochure.heading"),
        (2, Written("a", "邻" * (LONGEST + 1)), "brochure.text"),
        (2, Written("a", "b", "notice", 987654321), "brochure.source"),
    ],
)
def test_pages_that_are_refused(cast: Cast, number: int, written: Written, code: str) -> None:
    desk = cast.actors["community_worker"]
    assert refused(page_write, actor=desk, brochure_id=begun(cast).pk, number=number, written=written) == code


def test_nothing_is_issued_that_is_empty_too_long_or_not_public_any_more(cast: Cast) -> None:
    desk, place = cast.actors["community_worker"], cast.places["community"].pk
    assert refused(brochure_new, actor=desk, place_id=place, title="") == "brochure.title"
    row = brochure_new(actor=desk, place_id=place, title=TITLE)
    assert refused(brochure_issue, actor=desk, brochure_id=row.pk) == "brochure.empty"
    page_write(actor=desk, brochure_id=row.pk, number=2, written=Written("长", "邻" * (SIGNS * 17 + 1)))
    with pytest.raises(DomainError) as caught:
        brochure_issue(actor=desk, brochure_id=row.pk)
    assert (caught.value.code, caught.value.facts["page"], caught.value.facts["over"]) == ("brochure.page_full", 2, 1)
    shown = notice(cast)
    page_write(actor=desk, brochure_id=row.pk, number=2, written=Written("公示", "三户", "notice", shown.pk))
    Publication.objects.filter(pk=shown.pk).update(withdrawn=clock.now(), withdrawn_reason="有误")
    assert refused(brochure_issue, actor=desk, brochure_id=row.pk) == "brochure.source"
    assert brochure_drop(actor=desk, brochure_id=row.pk).state == "dropped"
    # What is only for residents is printed for nobody.
    hidden = notice(cast, audience="residents", item="x")
    assert source_of(cast.places["community"], "notice", hidden.pk) is None


@pytest.mark.parametrize(("who", "code"), [("outsider", "not_found"), ("resident", "not_found"), ("grid_worker", "")])
def test_others_write_nothing_here(cast: Cast, who: str, code: str) -> None:
    row, actor = begun(cast), cast.actors[who]
    place = cast.places["community"].pk
    assert refused(brochure_new, actor=actor, place_id=place, title=TITLE) == "not_found"
    assert refused(brochure_issue, actor=actor, brochure_id=row.pk) == (code or "not_found")
    assert (
        refused(dispatch_make, actor=actor, brochure_id=row.pk, sending=sending(group="new_residents")) == "not_found"
    )


def test_copies_go_out_and_few_left_are_owed_again(cast: Cast) -> None:
    desk, row, east = cast.actors["community_worker"], issued(cast), point(cast)
    dispatch_make(actor=desk, brochure_id=row.pk, sending=sending(facility_id=east.pk))
    dispatch_make(actor=desk, brochure_id=row.pk, sending=sending(group="mobile_members", copies=6))
    stock = LeafletStock.objects.get()
    assert (stock.left, MaterialDispatch.objects.count()) == (40, 2)
    owed = WorkItem.objects.filter(kind=RESTOCK_OWED, subject_id=stock.pk, ended=None)
    assert not owed.exists()
    stock_count(actor=desk, stock_id=stock.pk, left=11)
    assert not owed.exists()
    stock_count(actor=desk, stock_id=stock.pk, left=10)
    assert owed.count() == 1
    stock_count(actor=desk, stock_id=stock.pk, left=3)
    assert owed.count() == 1
    assert owed.get().post_id
    dispatch_make(actor=desk, brochure_id=row.pk, sending=sending(facility_id=east.pk))
    stock.refresh_from_db()
    assert (stock.left, owed.count()) == (43, 0)
    stock_count(actor=desk, stock_id=stock.pk, left=0)
    brochure_withdraw(actor=desk, brochure_id=row.pk, reason="电话已换")
    assert not owed.exists()
    assert refused(stock_count, actor=desk, stock_id=stock.pk, left=1) == "brochure.state"
    assert refused(stock_count, actor=cast.actors["outsider"], stock_id=stock.pk, left=1) == "not_found"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"copies": 0, "group": "mobile_members"}, "brochure.copies"),
        ({"group": "nobody"}, "brochure.to"),
        ({}, "brochure.to"),
        ({"group": "mobile_members", "days": 1}, "brochure.day"),
        ({"group": "mobile_members", "days": -1}, "brochure.day"),
        ({"facility_id": "far"}, "not_found"),
    ],
)
def test_copies_that_are_refused(cast: Cast, more: dict[str, Any], code: str) -> None:
    row, given = issued(cast), dict(more)
    if "days" in given:
        given["on"] = clock.today() + timedelta(days=given.pop("days"))
    if "facility_id" in given:
        given["facility_id"] = point(cast, "far_community").pk
    assert refused(dispatch_make, actor=SYSTEM, brochure_id=row.pk, sending=sending(**given)) == code
    draft = begun(cast).pk
    assert refused(dispatch_make, actor=SYSTEM, brochure_id=draft, sending=sending(group="x")) == "brochure.state"
