"""Posting, correcting and withdrawing notices: what is refused, what stays readable, what is withheld."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from linli.accounts.testing import Cast
from linli.core import clock, files
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.core.models import Entry
from linli.publishing import disclosure_section
from linli.publishing.models import DisclosureDue, Publication
from linli.publishing.operations.due import disclosure_check
from linli.publishing.operations.publication_ledgers import publication_record_many, publications_refused
from linli.publishing.operations.publications import (
    Correction,
    Notice,
    Upload,
    publication_correct,
    publication_post,
    publication_withdraw,
)
from linli.publishing.queries import disclosure
from linli.publishing.tests.rules import ACCOUNTS, PDF, QUARTER, content, quarterly, ruled
from linli.records.models import Batch
from linli.records.operations.imports import import_take_back
from linli.records.operations.profiles import content_apply
from linli.records.tests.sampling import table, take_in

pytestmark = pytest.mark.django_db
TODAY = "2026-01-10T10:00"


@pytest.fixture(autouse=True)
def today(db: None) -> Any:
    with clock.frozen(TODAY) as held:
        yield held


@pytest.fixture
def here(cast: Cast) -> Cast:
    ruled()
    return cast


def posted(cast: Cast, **values: Any) -> Publication:
    return publication_post(actor=cast.community_worker, notice=quarterly(cast, **values))


def refused(call: Any, **values: Any) -> str:
    with pytest.raises(DomainError) as error:
        call(**values)
    return error.value.code


def test_a_notice_holds_its_figures_as_they_were_and_few_persons_are_withheld(here: Cast) -> None:
    row = posted(here)
    assert (row.posted_on, row.up_until) == (date(2026, 1, 10), date(2026, 3, 11))
    printed = {figure["id"]: figure for figure in row.figures}
    assert printed["compounds"]["wording"] == "1个"
    assert printed["compounds"]["as_of"] == "2025-12-31"
    # Six people are in post in the community, but it is not told apart from its siblings with fewer.
    assert printed["people"]["withheld"]
    assert "value" not in printed["people"]
    assert Entry.objects.filter(operation="publication.post", subject_id=row.pk).count() == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": " "}, "publication.title"),
        ({"title": "长" * 121}, "publication.title"),
        ({"text": "", "item": "", "since": None, "until": None}, "publication.empty"),
        ({"text": "长" * 10_001}, "publication.too_long"),
        ({"item": "street_list"}, "publication.item"),
        ({"item": "unknown"}, "publication.item"),
        ({"until": None}, "publication.period"),
        ({"since": date(2026, 1, 1)}, "publication.period"),
        ({"since": date(2026, 1, 1), "until": date(2026, 3, 31)}, "publication.period_not_over"),
        ({"up_until": date(2026, 3, 10)}, "publication.stays"),
        ({"up_until": date(2046, 3, 10)}, "publication.stays"),
        ({"audience": "friends"}, "publication.audience"),
        ({"place_id": 0}, "not_found"),
    ],
)
def test_what_is_refused(here: Cast, change: dict[str, Any], code: str) -> None:
    notice = quarterly(here, **change)
    assert refused(publication_post, actor=here.community_worker, notice=notice) == code
    assert not Publication.objects.exists()


@pytest.mark.parametrize("who", ["grid_worker", "outsider", "leader", "resident", "visitor", "department_handler"])
def test_others_make_nothing_public_here(here: Cast, who: str) -> None:
    actor = here.actors[who]
    assert refused(publication_post, actor=actor, notice=quarterly(here)) == "publication.not_yours"
    row = posted(here)
    seen = {"leader": "publication.not_yours_to_withdraw"}.get(who, "not_found")
    assert refused(publication_withdraw, actor=actor, publication_id=row.pk, reason="写错") == seen


def test_the_street_above_does_and_the_same_twice_is_refused(here: Cast) -> None:
    publication_post(actor=here.street_officer, notice=quarterly(here))
    assert refused(publication_post, actor=here.secretary, notice=quarterly(here, title="别的")) == "publication.twice"
    free = Notice(here.places["community"].pk, "停水通知", "明日停水。")
    publication_post(actor=here.secretary, notice=free)
    assert refused(publication_post, actor=here.secretary, notice=free) == "publication.twice"
    publication_post(actor=here.secretary, notice=replace(free, title="来水通知"))
    row = Publication.objects.get(item="accounts")
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_a_correction_keeps_the_former_version_with_its_reason(here: Cast) -> None:
    upload = Upload("明细.pdf", io.BytesIO(PDF))
    row = publication_post(actor=here.community_worker, notice=quarterly(here), uploads=[upload])
    attached = row.files.get()
    notice = quarterly(here, text="收入四万元。", up_until=date(2026, 4, 1))
    correction = Correction(notice, "数字抄错", row.version, [attached.pk])
    row = publication_correct(actor=here.community_worker, publication_id=row.pk, correction=correction)
    page = disclosure.notice_page(here.visitor, None, row.pk)
    assert (page.notice.text, page.notice.version, page.files) == ("收入四万元。", 2, ())
    former = page.former[0]
    assert (former.number, former.text, former.reason) == (1, "收入三万元，支出两万元。", "数字抄错")
    assert former.up_until == date(2026, 3, 11)
    assert refused(disclosure.notice_file, viewer=here.visitor, home=None, publication_id=row.pk, file_id=attached.pk)
    assert disclosure.notice_file(here.community_worker, None, row.pk, attached.pk) == attached


def test_a_correction_says_why_and_never_shortens_below_the_rule(here: Cast) -> None:
    row = posted(here)

    def corrected(who: str = "community_worker", reason: str = "改", version: int = 1, **values: Any) -> str:
        correction = Correction(quarterly(here, **values), reason, version)
        return refused(publication_correct, actor=here.actors[who], publication_id=row.pk, correction=correction)

    assert corrected(reason=" ") == "publication.reason"
    assert corrected(version=2) == "publication.stale"
    assert corrected(up_until=date(2026, 2, 1)) == "publication.stays"
    assert corrected("outsider") == "not_found"
    assert corrected("leader") == "publication.not_yours"
    assert row.former.count() == 0
    publication_withdraw(actor=here.secretary, publication_id=row.pk, reason="误发")
    assert corrected(version=2) == "publication.withdrawn"


def test_a_withdrawn_notice_says_why_and_gives_nothing_else(here: Cast) -> None:
    upload = Upload("明细.pdf", io.BytesIO(PDF))
    row = publication_post(actor=here.community_worker, notice=quarterly(here), uploads=[upload])
    pk = row.pk
    code = refused(publication_withdraw, actor=here.community_worker, publication_id=pk, reason="误发")
    assert code == "publication.not_yours_to_withdraw"
    assert refused(publication_withdraw, actor=here.secretary, publication_id=pk, reason=" ") == "publication.reason"
    publication_withdraw(actor=here.secretary, publication_id=pk, reason="含住户姓名")
    code = refused(publication_withdraw, actor=here.secretary, publication_id=pk, reason="再")
    assert code == "publication.withdrawn"
    page = disclosure.notice_page(here.visitor, None, pk)
    assert (page.notice.withdrawn_reason, page.files, page.former) == ("含住户姓名", (), ())
    file = row.files.get()
    assert refused(disclosure.notice_file, viewer=here.visitor, home=None, publication_id=pk, file_id=file.pk)
    # The same may be posted again now.
    posted(here)


def test_files_are_looked_into_and_few(here: Cast) -> None:
    def tried(*contents: bytes) -> str:
        uploads = [Upload("a.pdf", io.BytesIO(item)) for item in contents]
        return refused(publication_post, actor=here.community_worker, notice=quarterly(here), uploads=uploads)

    assert tried(b"MZ not a paper\x00") == "file.type"
    assert tried(b"") == "file.broken"
    assert tried(*[PDF + bytes([65 + number]) for number in range(10)]) == "publication.too_many_files"
    only = Notice(here.places["community"].pk, "扫描件")
    row = publication_post(actor=here.secretary, notice=only, uploads=[Upload("a.pdf", io.BytesIO(PDF))])
    assert row.files.get().file.media_type == files.PDF


def test_what_is_for_residents_is_withheld_from_others(here: Cast) -> None:
    row = posted(here, audience="residents")
    community, far = here.places["community"].pk, here.places["far_community"].pk
    readers = {
        ("visitor", None): False,
        ("visitor", community): False,
        ("resident", None): False,
        ("resident", far): False,
        ("resident", community): True,
        ("community_worker", None): True,
        ("leader", None): True,
        ("outsider", None): False,
    }
    for (who, home), reads in readers.items():
        page = disclosure.public_page(here.actors[who], home, "990901001001")
        assert (row in page.current) == reads, who
        assert page.for_residents == (0 if reads else 1), who
        if not reads:
            assert row.title not in [notice.title for _item, found in page.history for notice in found]
            code = refused(disclosure.notice_page, viewer=here.actors[who], home=home, publication_id=row.pk)
            assert code == "not_found"
    # That it was made public is public.
    assert disclosure.public_page(here.visitor, None, "990901001001").owing[0].last == row


def test_a_ledger_brings_notices_once(here: Cast) -> None:
    day = date(2025, 11, 3)
    row = {
        "title": "三季度收支",
        "place": here.places["community"].pk,
        "posted": day,
        "item": "财务收支",
        "text": "见表",
    }
    (pk,) = publication_record_many(actor=here.secretary, rows=[row])
    assert publication_record_many(actor=here.secretary, rows=[{**row, "text": "见附表"}]) == [pk]
    held = Publication.objects.get()
    assert (held.item, held.text, held.posted_on, held.up_until) == ("accounts", "见附表", day, date(2026, 1, 2))
    assert [former.text for former in held.former.all()] == ["见表"]
    assert publication_record_many(actor=here.secretary, rows=[{**row, "text": "见附表"}]) == [pk]
    assert held.former.count() == 1


def test_a_ledger_neither_doubles_a_period_nor_brings_back_what_was_withdrawn(here: Cast) -> None:
    notice = posted(here)
    row = {"title": "又一份", "place": notice.place_id, "posted": date(2026, 1, 3), "item": "财务收支"}
    row |= {"since": notice.since, "until": notice.until}
    again = {**row, "title": notice.title, "posted": notice.posted_on, "text": "改写"}
    assert publications_refused(rows=[row, again]) == {0: "publication.twice"}
    publication_withdraw(actor=here.secretary, publication_id=notice.pk, reason="误发")
    assert publications_refused(rows=[row, {**row, "title": "第三份"}]) == {1: "publication.twice"}
    assert publication_record_many(actor=here.secretary, rows=[again]) == [notice.pk]
    notice.refresh_from_db()
    assert (notice.text, notice.withdrawn_reason) == ("收入三万元，支出两万元。", "误发")


HEADERS = ["公开标题", "公开单位", "公开日期", "公开事项", "起始日期", "截止日期", "正文"]
IMPORTS = {
    "maps": [
        {
            "id": "notices",
            "signature": {"headers": HEADERS[:3]},
            "required": HEADERS[:3],
            "records": [
                {
                    "type": "publication",
                    "columns": {
                        "title": "公开标题",
                        "place": "公开单位",
                        "posted": "公开日期",
                        "item": "公开事项",
                        "since": "起始日期",
                        "until": "截止日期",
                        "text": "正文",
                    },
                }
            ],
        }
    ]
}


def test_an_import_that_is_taken_back_leaves_notices_and_what_they_meet_as_they_were(
    here: Cast, tmp_path: Path
) -> None:
    content_apply(actor=SYSTEM, content=content(imports=IMPORTS))
    disclosure_check()
    place = here.places["community"]
    notice = publication_post(actor=here.secretary, notice=Notice(place.pk, "收支", "手写的。"))
    before = Publication.objects.values().get()
    day, quarter = str(notice.posted_on), [str(found) for found in QUARTER]
    row = ["收支", place.name, day, "财务收支", *quarter, "表里的"]
    other = ["收支", here.places["second_community"].name, day, "财务收支", *quarter, "新来的"]
    (report,) = take_in(table(tmp_path / "公开台账.csv", HEADERS, [row, other]))
    notice.refresh_from_db()
    assert (report.rejected, notice.text, Publication.objects.count()) == ([], "表里的", 2)
    dues = DisclosureDue.objects.filter(item="accounts", until=QUARTER[1])
    assert dues.filter(state="in_time").count() == 2
    import_take_back(actor=SYSTEM, batch_id=Batch.objects.latest("id").pk)
    held = Publication.objects.values().get()
    assert {**held, "version": before["version"]} == before
    # What was up for a while stays readable; nobody has made the quarter public any more.
    assert "表里的" in notice.former.values_list("text", flat=True)
    assert not dues.exclude(state="waiting").exists()


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"figures": ["inner"]}, "items.0.figures.0"),
        ({"figures": ["compounds", "gone"]}, "items.0.figures.1"),
        ({"code": "major"}, "items.1.code"),
        ({"code": "free"}, "items.0.code"),
        ({}, ""),
    ],
)
def test_only_public_figures_stand_in_a_notice(cast: Cast, change: dict[str, Any], key: str) -> None:
    items = [{**ACCOUNTS, **change}, {**ACCOUNTS, "code": "major"}]
    found = disclosure_section.faults(content(disclosure={"items": items}))
    assert [fault.key for fault in found] == ([key] if key else [])


def test_without_a_profile_what_villages_owe_holds(cast: Cast) -> None:
    assert [(item.code, item.every) for item in disclosure_section.items().values()] == [
        ("affairs", "quarter"),
        ("accounts", "quarter"),
        ("major", "event"),
    ]
