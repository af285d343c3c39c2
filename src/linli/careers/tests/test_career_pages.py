"""The pages of careers: nominated and approved, promoted and paid in the browser; few queries, missing for others."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linli.accounts.models import User
from linli.accounts.testing import Cast
from linli.careers.models import PayStatement, Promotion, ReserveCandidate, TalentEntry
from linli.careers.tests.climbing import begun, careers_made, clerk, nominated, opened, paid, talent, verified
from linli.core import clock
from linli.organizations.tests.test_pages import enter

pytestmark = pytest.mark.django_db


def clerk_in(cast: Cast) -> Client:
    browser = Client()
    user = User.objects.get(pk=clerk(cast).user_id or 0)
    browser.force_login(user, "linli.accounts.backends.PhoneOrNameBackend")
    return browser


def test_a_community_nominates_and_the_street_approves(cast: Cast) -> None:
    desk, street = enter(cast, "community_worker"), enter(cast, "street_officer")
    place = cast.places["community"].pk
    given = {"place": place, "target": "committee", "name": "甲乙丙", "phone": "10000880001", "source": "退役军人"}
    assert desk.post("/careers/reserves/new/", {**given, "phone": ""}).status_code == 400
    assert desk.post("/careers/reserves/new/", given).status_code == 302
    assert desk.post("/careers/reserves/new/", given).status_code == 409
    row = ReserveCandidate.objects.get()
    page = f"/careers/reserves/{row.pk}/"
    assert f"{page}approve/" not in desk.get(page).content.decode()
    assert page in street.get("/").content.decode()
    assert [street.post(f"{page}approve/").status_code for _again in range(2)] == [302, 409]
    held = desk.get(f"/careers/communities/{place}/").context["held"][0]
    assert (held.committee, held.committee_missing, held.secretaries_missing) == (1, 1, 1)
    assert desk.post(f"{page}leave/", {"reason": " "}).status_code == 400
    assert desk.post(f"{page}leave/", {"reason": "搬离"}).status_code == 302
    assert f"/careers/communities/{place}/" in enter(cast, "secretary").get("/careers/reserves/").content.decode()


def test_the_street_promotes_in_the_browser(cast: Cast) -> None:
    street, person = enter(cast, "street_officer"), cast.posts["community_worker"].person_id
    place = cast.places["community"].pk
    given = {"place": place, "to_rung": "deputy", "round": ""}
    assert street.post(f"/careers/workers/{person}/", given).status_code == 409
    assert street.post(f"/careers/workers/{person}/", {**given, "to_rung": "member"}).status_code == 302
    page = f"/careers/promotions/{Promotion.objects.get().pk}/"
    day = {"on": f"{clock.today()}"}
    codes = [
        street.post(f"{page}{verb}/", data).status_code
        for verb, data in (("appoint", day), ("step", {"step": "vetting"}), ("step", {"step": "vetting", **day}))
    ]
    assert [*codes, street.post(f"{page}appoint/", day).status_code] == [409, 400, 302, 302]
    mine = enter(cast, "community_worker").get("/careers/mine/")
    assert page in mine.content.decode()
    assert enter(cast, "second_worker").get(page).status_code == 404


def test_the_clerk_writes_and_the_worker_alone_reads(cast: Cast) -> None:
    browser, county = clerk_in(cast), cast.places["county"].pk
    rule = {"place": county, "kind": "credential", "condition": "初级", "monthly": "99", "since": "2025-01-01"}
    assert browser.post("/careers/pay/allowances/new/", rule).status_code == 409
    assert browser.post("/careers/pay/allowances/new/", {**rule, "monthly": "100"}).status_code == 302
    assert (
        browser.post("/careers/pay/grades/new/", {"place": county, "title": "三级", "base": "2600"}).status_code == 302
    )
    verified(cast)
    given = {"number": "QH0004", "place": county, "month": "2026-02", "base": "2300", "credential_level": "初级"}
    assert browser.post("/careers/pay/new/", {**given, "number": "QH"}).status_code == 400
    assert [browser.post("/careers/pay/new/", given).status_code for _again in range(2)] == [302, 409]
    row = PayStatement.objects.get()
    page = f"/careers/pay/{row.pk}/"
    correct = {"version": "1", "base": "2350", "credential_level": "初级"}
    assert [browser.post(f"{page}correct/", correct).status_code for _again in range(2)] == [302, 409]
    roles = ("community_worker", "second_worker", "secretary", "street_officer", "leader")
    seen = {role: enter(cast, role).get(page).status_code for role in roles}
    assert seen == {**dict.fromkeys(roles, 404), "community_worker": 200}
    assert "2450.00" in enter(cast, "community_worker").get("/careers/mine/").content.decode()
    assert "2450.00" not in enter(cast, "second_worker").get("/careers/mine/").content.decode()


def test_a_resident_enters_the_pool_and_leaves(cast: Cast) -> None:
    browser = enter(cast, "resident")
    given = {"place": cast.places["community"].pk, "name": "甲乙", "phone": "10000880002", "category": "model"}
    assert browser.post("/careers/mine/talent/", given).status_code == 400
    assert browser.post("/careers/mine/talent/", {**given, "consent": "on"}).status_code == 302
    page = f"/careers/talents/{TalentEntry.objects.get().pk}/"
    assert browser.get(page).status_code == 200
    assert enter(cast, "outsider").get(page).status_code == 404
    assert browser.post(f"{page}leave/").status_code == 302
    assert not TalentEntry.objects.exists()


@pytest.mark.parametrize(
    "address", ["", "reserves/", "talents/", "promotions/", "rounds/", "workers/", "pay/", "pay/rules/"]
)
@pytest.mark.parametrize("role", ["resident", "building_head", "auditor", "leader"])
def test_who_has_no_part_finds_no_pages(cast: Cast, role: str, address: str) -> None:
    assert enter(cast, role).get(f"/careers/{address}").status_code == 404


def test_lists_cost_the_same_for_many(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    careers_made(cast)
    opened(cast)
    begun(cast, "second_worker")
    paid(cast, "second_worker")
    for number in range(52):
        nominated(cast, f"后备{number}")
        talent(cast, name=f"老师{number}", phone=f"1000099{number:04}")
    desk, street, pay = enter(cast, "community_worker"), enter(cast, "street_officer"), clerk_in(cast)
    pages = [(desk, at) for at in ("", "reserves/", "talents/", "rounds/", "stewards/", "mine/")]
    pages += [(street, at) for at in ("", "promotions/", "workers/", "pay/rules/")] + [(pay, "pay/")]
    for browser, address in pages:
        browser.get(f"/careers/{address}")
        with django_assert_max_num_queries(18):
            assert browser.get(f"/careers/{address}").status_code == 200
    for name in ("reserves", "talents"):
        first = desk.get(f"/careers/{name}/").context
        assert len(first["lines"]) == 50
        assert len(desk.get(f"/careers/{name}/?before={first['more']}").context["lines"]) == 4
    assert desk.get("/careers/reserves/?before=nonsense").status_code == 400
    assert len(desk.get("/careers/talents/?q=老师51").context["lines"]) == 1
    assert pay.get("/careers/pay/?month=nonsense").status_code == 400
