"""Certificates: issued once for the same, frozen, checked by a stranger, outdated by a correction, revoked."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest

from linli.accounts.models import Look
from linli.accounts.testing import Cast
from linli.activities.models import ServiceCertificate, ServiceRecord
from linli.activities.operations import certificates as operations
from linli.activities.operations import standard_export
from linli.activities.operations.certificates import Asked
from linli.activities.queries import certificates as queries
from linli.activities.queries import standard_export as exports
from linli.activities.tests.served import corrected, person_of, served
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.core.models import Entry
from linli.organizations.models import Person

pytestmark = pytest.mark.django_db


def code_of(operation: Callable[..., Any], **values: Any) -> str:
    """The code with which an operation refuses; empty where it does not."""
    try:
        operation(**values)
    except DomainError as error:
        return error.code
    return ""


@pytest.fixture
def head(cast: Cast) -> Person:
    """A building head, who serves in her own time."""
    return person_of(cast.building_head)


def issued(cast: Cast, head: Person, **asked: Any) -> ServiceCertificate:
    return operations.certificate_issue(actor=cast.building_head, person_id=head.pk, asked=Asked(**asked))


def test_a_certificate_says_what_was_attested_and_a_stranger_checks_it(cast: Cast, head: Person) -> None:
    home, office = cast.places["community"], cast.bodies["community_office"]
    first = served(head, home, 90, date(2026, 3, 1), organization=office)
    second = served(head, home, 60, date(2026, 4, 5))
    served(head, home, 60, date(2026, 4, 6), state="waiting", attested=None)
    row = issued(cast, head)
    assert (row.minutes, row.record_ids, row.units) == (150, [first.pk, second.pk], [office.name, home.name])
    assert (row.since, row.name, row.place_id) == (date(2026, 3, 1), head.name, home.pk)
    code = queries.code_of(row)
    found = queries.checked(row.number, code.replace("-", "").lower(), head.name)
    assert found is not None
    assert (found.line.standing, found.line.masked, found.named) == ("valid", head.name[0] + "**", True)
    assert found.units == [(office.name, "1.5"), (home.name, "1")]
    assert queries.checked(row.number, code, "别人") is not None
    assert queries.checked(row.number, code[::-1]) is None
    assert queries.checked("ZM0", code) is None
    assert Entry.objects.filter(operation="certificate.issue", subject_id=row.pk).count() == 1


def test_what_is_changed_by_hand_no_longer_fits_its_code(cast: Cast, head: Person) -> None:
    served(head, cast.places["community"])
    row = issued(cast, head)
    code = queries.code_of(row)
    row.minutes += 60
    row.save()
    assert queries.checked(row.number, code) is None


def test_the_same_asked_again_is_the_same_certificate(cast: Cast, head: Person) -> None:
    first = served(head, cast.places["community"])
    row = issued(cast, head)
    assert issued(cast, head).pk == row.pk
    assert issued(cast, head, record_ids=[first.pk]).pk == row.pk
    served(head, cast.places["community"])
    assert issued(cast, head).pk != row.pk


def test_period_body_and_choice_narrow_it(cast: Cast, head: Person) -> None:
    home, office = cast.places["community"], cast.bodies["community_office"]
    old = served(head, home, 60, date(2025, 5, 1))
    new = served(head, home, 60, date(2026, 5, 1), organization=office)
    assert issued(cast, head, since=date(2026, 1, 1)).record_ids == [new.pk]
    assert issued(cast, head, until=date(2025, 12, 31)).record_ids == [old.pk]
    assert issued(cast, head, organization_id=office.pk).record_ids == [new.pk]
    assert issued(cast, head, record_ids=[old.pk, 10**15]).record_ids == [old.pk]
    ask = partial(operations.certificate_issue, actor=cast.building_head, person_id=head.pk)
    assert code_of(ask, asked=Asked(date(2026, 2, 1), date(2026, 1, 1))) == "certificate.period"
    assert code_of(ask, asked=Asked(date(2024, 2, 1), date(2024, 3, 1))) == "certificate.nothing"


def test_too_many_records_are_two_certificates(cast: Cast, head: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "MOST", 1)
    for _each in range(2):
        served(head, cast.places["community"])
    ask = partial(operations.certificate_issue, actor=cast.building_head, person_id=head.pk)
    assert code_of(ask, asked=Asked()) == "certificate.too_many"


def test_a_desk_certifies_what_lies_in_its_places_and_no_more(cast: Cast, head: Person) -> None:
    here = served(head, cast.places["community"])
    there = served(head, cast.places["far_community"])
    ask = partial(operations.certificate_issue, person_id=head.pk, asked=Asked())
    assert ask(actor=cast.community_worker).record_ids == [here.pk]
    assert ask(actor=cast.outsider).record_ids == [there.pk]
    assert ask(actor=cast.building_head).record_ids == sorted([here.pk, there.pk])
    for stranger in (cast.grid_worker, cast.department_handler, cast.auditor):
        assert code_of(ask, actor=stranger) == "not_found"
    near = ServiceRecord.objects.filter(pk=there.pk)
    near.update(place=cast.places["community"])
    assert code_of(ask, actor=cast.outsider) == "not_found"


def test_a_correction_says_so_and_a_new_one_replaces_it(cast: Cast, head: Person) -> None:
    first = served(head, cast.places["community"], 120)
    other = served(head, cast.places["community"], 60)
    row = issued(cast, head, record_ids=[first.pk])
    renew = partial(operations.certificate_renew, actor=cast.building_head, certificate_id=row.pk)
    assert code_of(renew) == "certificate.unchanged"
    assert code_of(operations.certificate_renew, actor=cast.outsider, certificate_id=row.pk) == "not_found"
    right = corrected(first, 90)
    found = queries.checked(row.number, queries.code_of(row))
    assert found is not None
    assert found.line.standing == "outdated"
    new = renew()
    assert (new.record_ids, new.minutes, new.replaces_id) == ([right.pk], 90, row.pk)
    assert other.pk not in new.record_ids
    assert code_of(renew) == "certificate.replaced"
    found = queries.checked(row.number, queries.code_of(row))
    assert found is not None
    assert (found.line.standing, found.newer) == ("replaced", new.number)
    assert [item.standing for item in queries.own_of(head.pk)] == ["valid", "replaced"]


def test_it_is_revoked_by_the_desk_with_a_reason_and_never_by_oneself(cast: Cast, head: Person) -> None:
    served(head, cast.places["community"])
    row = issued(cast, head)
    revoke = partial(operations.certificate_revoke, certificate_id=row.pk)
    assert code_of(revoke, actor=cast.building_head, reason="误发") == "certificate.not_yours"
    assert code_of(revoke, actor=cast.outsider, reason="误发") == "not_found"
    assert code_of(revoke, actor=cast.community_worker, reason=" ") == "certificate.reason"
    revoke(actor=cast.community_worker, reason="误把培训记作服务")
    assert code_of(revoke, actor=cast.community_worker, reason="再次") == "certificate.revoked"
    found = queries.checked(row.number, queries.code_of(row))
    assert found is not None
    assert found.line.standing == "revoked"
    assert (
        code_of(operations.certificate_renew, actor=cast.building_head, certificate_id=row.pk) == "certificate.revoked"
    )
    own = person_of(cast.community_worker)
    served(own, cast.places["community"])
    mine = operations.certificate_issue(actor=SYSTEM, person_id=own.pk, asked=Asked())
    assert (
        code_of(revoke, actor=cast.community_worker, certificate_id=mine.pk, reason="误发") == "certificate.not_yours"
    )


def test_ones_own_records_in_the_fields_of_the_order(cast: Cast, head: Person) -> None:
    served(head, cast.places["community"], 90, date(2026, 3, 1), responsible="林晓梅")
    served(head, cast.places["community"], 60, date(2026, 3, 2), source_type="training", name="急救培训")
    export = partial(standard_export.own_export, actor=cast.building_head)
    assert code_of(export, identity="110101199003070000") == "standard_export.identity"
    number = "11010519491231002X"
    sheets = {title: (header, rows) for title, header, rows in export(identity=number.lower())}
    header, personal = sheets["个人基本信息"]
    assert dict(zip(header, personal[0], strict=True))["身份证件号码"] == number
    assert sheets["志愿服务情况"][1][0][:5] == ["每月红色星期天", "2026-03-01", "春晓社区", "清扫楼道", "1.5"]
    assert sheets["培训情况"][1] == [["急救培训", "清扫楼道", "1", "春晓社区", "2026-03-02"]]
    kept = Look.objects.get(subject_type="export")
    assert (kept.actor, number in f"{kept.reason}{kept.field}") == (cast.building_head.key, False)
    assert not Entry.objects.filter(facts__icontains=number).exists()


def test_what_a_body_recorded_goes_out_with_its_desk_only(cast: Cast, head: Person) -> None:
    office = cast.bodies["community_office"]
    served(head, cast.places["community"], 90, date(2026, 3, 1), organization=office)
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    export = partial(standard_export.recorded_export, organization_id=office.pk, since=first, until=last)
    [(_title, header, rows)] = export(actor=cast.community_worker)
    assert (header[0], rows[0][0], len(rows)) == ("姓名", head.name, 1)
    assert not {"身份证件号码", "联系方式"} & set(header)
    assert Look.objects.filter(subject_type="export", field="service_record.standard.xlsx", rows=1).count() == 1
    assert code_of(export, actor=cast.outsider) == "not_found"
    assert code_of(export, actor=cast.community_worker, since=date(2027, 1, 1)) == "standard_export.period"
    company = cast.bodies["property_company"]
    assert code_of(export, actor=cast.property_handler, organization_id=company.pk) == "standard_export.not_yours"


@pytest.mark.parametrize(("people", "told"), [(4, None), (5, 5)])
def test_an_employer_is_told_totals_of_five_or_more(cast: Cast, people: int, told: int | None) -> None:
    body, day = cast.bodies["department"], date(2026, 3, 1)
    post = cast.posts["department_handler"]
    for number in range(people):
        person = Person.objects.create(name=f"职工{number}", created=clock.now())
        post.pk, post._state.adding, post.person = None, True, person
        post.save()
        served(person, cast.places["community"], 60, day)
    found = exports.totals_of(body, day, day)
    assert (found.served, found.times) == (told, told)
    assert found.hours == ("5" if told else "")
