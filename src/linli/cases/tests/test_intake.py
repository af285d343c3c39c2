"""Taking matters in: what is kept, what is refused, and asking twice."""

import io
from typing import Any

import pytest
from PIL import Image

from linli.cases.models import Attachment, Case, Reporter
from linli.cases.operations.intake import Report, case_register, case_report, case_report_many, follow_code_matches
from linli.cases.tests.town import Town, actor, place, registered, report
from linli.core import clock
from linli.core.actors import VISITOR, Actor, Scope
from linli.core.errors import DomainError
from linli.core.models import WorkItem
from linli.territory import locating
from linli.territory.models import Boundary, Place


def photo() -> io.BytesIO:
    """A small picture as a phone sends it."""
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(stream, "JPEG")
    stream.seek(0)
    return stream


def test_a_visitor_needs_neither_name_nor_phone(town: Town) -> None:
    receipt = report(town)
    case = Case.objects.get(pk=receipt.case_id)
    assert (case.number, case.state, case.source, case.door) == (receipt.number, "received", "resident", "page")
    assert (case.grid_id, case.desk_id) == (town.grid.pk, town.office.pk)
    assert Reporter.objects.get(case=case).phone is None
    assert follow_code_matches(case, receipt.code.lower())
    assert not follow_code_matches(case, "WRONG234")


def test_a_drawn_building_tells_its_grid_and_an_undrawn_one_does_not(town: Town) -> None:
    # The compound spans two grids, so that nothing but the outline says in which of them a building stands.
    wide = place("两格小区", town.community, "compound")
    drawn, undrawn = (place(name, wide, "building") for name in ("1号楼", "2号楼"))
    square = {"type": "Polygon", "coordinates": [[[104, 26], [104.01, 26], [104.01, 26.01], [104, 26.01], [104, 26]]]}
    Boundary.objects.create(place=town.grid, geometry=square, since=clock.today())
    Place.objects.filter(pk=drawn.pk).update(lng=104.005, lat=26.005)
    locating.refresh()
    found = [
        case_report(actor=VISITOR, report=Report(text="楼道灯坏了", place_id=pk)).case_id
        for pk in (drawn.pk, undrawn.pk)
    ]
    assert [Case.objects.get(pk=pk).grid_id for pk in found] == [town.grid.pk, None]


def test_the_phone_is_encrypted_and_both_names_are_kept(town: Town) -> None:
    receipt = case_register(
        actor=town.desk,
        door="phone",
        report=Report(
            text="水管漏水",
            place_id=town.compound.pk,
            category="water_heat_power",
            source="phone",
            reporter_name="李奶奶",
            phone="100 1234 5678",
        ),
    )
    row = Reporter.objects.get(case_id=receipt.case_id)
    assert (row.name, row.phone, row.taken_by) == ("李奶奶", "100 1234 5678", town.desk.key)
    raw = Reporter.objects.filter(pk=row.pk).extra(select={"raw": "phone"}).values_list("raw", flat=True)[0]
    assert b"1234" not in bytes(raw)


def test_identity_numbers_are_masked_in_the_text(town: Town) -> None:
    case = Case.objects.get(pk=report(town, "我的号码11010519491231002X请联系").case_id)
    assert "11010519491231002X" not in case.text
    assert "1****************X" in case.text


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"text": "  "}, "case.text_missing"),
        ({"text": "长" * 2001}, "case.too_long"),
        ({"kind": "rumour"}, "case.kind_unknown"),
        ({"source": "spy"}, "case.source_unknown"),
        ({"category": "unheard"}, "case.category_unknown"),
        ({"urgency": "whenever"}, "case.urgency_unknown"),
        ({"place_id": 10**9}, "case.place_unknown"),
        ({"photos": [io.BytesIO(b"x")] * 10}, "case.too_many_photos"),
        ({"photos": [io.BytesIO(b"#!/bin/sh\n")]}, "file.type"),
    ],
)
def test_bad_reports_are_refused(town: Town, values: dict[str, Any], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        case_report(actor=VISITOR, report=Report(**{"text": "灯坏", "place_id": town.compound.pk, **values}))
    assert refused.value.code == code
    assert not Case.objects.exists()


def test_rare_characters_and_emoji_survive(town: Town) -> None:
    text = "𠮷祥楼道 㐂 灯坏了 😀"
    assert Case.objects.get(pk=report(town, text).case_id).text == text


def test_photos_are_kept_and_not_public_yet(town: Town) -> None:
    receipt = report(town, photos=[photo()])
    row = Attachment.objects.select_related("file").get(case_id=receipt.case_id)
    assert (row.file.media_type, row.cleared, row.stage) == ("image/jpeg", False, "report")


def test_the_same_key_does_nothing_twice(town: Town) -> None:
    data = Report(text="灯坏", place_id=town.compound.pk)
    first = case_report(actor=VISITOR, report=data, key="k1")
    again = case_report(actor=VISITOR, report=data, key="k1")
    assert (again.case_id, again.number, again.code) == (first.case_id, first.number, "")
    with pytest.raises(DomainError) as refused:
        case_report(actor=VISITOR, report=Report(text="别的", place_id=town.compound.pk), key="k1")
    assert refused.value.code == "idempotency.other_input"
    assert Case.objects.count() == 1


def test_whoever_registers_does_so_anywhere(town: Town) -> None:
    """R13: who sees something reports it, and it goes to the desk that answers there, not to one's own."""
    seen = Report(text="灯坏", place_id=town.compound.pk)
    case = Case.objects.get(pk=case_register(actor=town.outsider, report=seen).case_id)
    assert (case.desk_id, case.grid_id) == (town.office.pk, town.grid.pk)
    assert WorkItem.objects.get(subject_id=case.pk).organization_id == town.office.pk
    assert Case.objects.get(pk=registered(town).case_id).reporters.count() == 0


def test_a_program_registers_at_its_own_place_only(town: Town) -> None:
    able = frozenset({"cases.register"})

    def program(path: str) -> Actor:
        return Actor(key="api-key:1", label="热线", scopes=(Scope(able, path=path),), abilities=able)

    seen = Report(text="灯坏", place_id=town.compound.pk)
    with pytest.raises(DomainError) as refused:
        case_register(actor=program(town.elsewhere.path), report=seen, door="api")
    assert refused.value.code == "case.not_yours"
    (answer,) = case_report_many(actor=program(town.elsewhere.path), reports=[("", seen)])
    assert isinstance(answer, DomainError)
    assert answer.code == "case.not_yours"
    assert case_register(actor=program(town.street.path), report=seen, door="api").case_id
    assert Case.objects.count() == 1


def test_who_holds_no_post_registers_nothing(town: Town) -> None:
    leader = actor("leader", "county_leader", town.county)
    for who in (VISITOR, town.resident, leader):
        with pytest.raises(DomainError) as refused:
            case_register(actor=who, report=Report(text="灯坏", place_id=town.compound.pk))
        assert refused.value.code == "case.not_yours"
    assert not Case.objects.exists()


def test_a_complaint_goes_to_the_body_above(town: Town) -> None:
    receipt = report(town, "办事拖延", kind="complaint", category="", complained_of=town.office.pk)
    case = Case.objects.get(pk=receipt.case_id)
    assert (case.place_id, case.desk_id) == (town.street.pk, town.street_office.pk)
    assert WorkItem.objects.get(subject_id=case.pk).organization_id == town.street_office.pk
