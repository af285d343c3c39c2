"""The pages of secondments: one's own term, a month confirmed in one click, few queries, missing for others."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linli.accounts.testing import Cast
from linli.core.actors import SYSTEM
from linli.organizations.operations.people import Named
from linli.organizations.tests.test_pages import enter
from linli.secondments.models import Secondment, SecondmentMonth, SelectionRound, WorkListItem
from linli.secondments.operations.work_lists import work_list_issue
from linli.secondments.tests.serving import ruled, served, user_of
from linli.secondments.tests.test_months import issue, stated

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rules(cast: Cast) -> None:
    ruled()


def signed_in(row: Secondment) -> Client:
    client = Client()
    client.force_login(user_of(row))
    return client


def test_somebody_is_chosen_sent_supported_and_serves(cast: Cast) -> None:
    officer, sender = enter(cast, "street_officer"), enter(cast, "other_handler")
    call = {"place": cast.places["street"].pk, "title": "选派", "role": "first_secretary", "wanted": "1"}
    assert officer.post("/secondments/selections/new/", {**call, "standards": ""}).status_code == 400
    assert officer.post("/secondments/selections/new/", {**call, "standards": "政治过硬"}).status_code == 302
    selection = SelectionRound.objects.get()
    page = f"/secondments/selections/{selection.pk}/"
    assert officer.post(f"{page}decide/", {"considered": "x", "on": "2026-03-01", "by": "会议"}).status_code == 400
    assert officer.post(f"{page}decide/", {"considered": "3", "on": "2026-03-01", "by": "会议"}).status_code == 302
    given = {
        **{"role": "first_secretary", "place": cast.places["community"].pk, "name": "严派驻", "phone": "10000007001"},
        **{"unit": "清河县水务局", "since": "2025-10-13", "target": "建强组织", "selection": selection.pk},
    }
    assert officer.post("/secondments/new/", given).status_code == 400
    assert officer.post("/secondments/new/", {**given, "duty": "指导社区党组织"}).status_code == 302
    row = Secondment.objects.get()
    assert (row.sender_id, row.selection_id) == (cast.bodies["other_department"].pk, selection.pk)
    term = f"/secondments/{row.pk}/"
    paid = {"cover": "1000000", "cover_on": "2025-10-20", "fund": "", "fund_on": "", "version": "1"}
    assert sender.post(f"{term}support/", {**paid, "cover_on": ""}).status_code == 400
    assert sender.post(f"{term}support/", paid).status_code == 302
    assert (
        officer.post(f"{term}transfer/", {"kind": "payroll", "on": "2025-10-20", "to": "东风街道"}).status_code == 302
    )
    assert officer.post(f"{term}end/", {"on": ""}).status_code == 400
    assert officer.post(f"{term}recall/", {"on": "2026-03-11", "reason": "调整"}).status_code == 409
    assert officer.post(f"{term}reverse/", {"kind": "payroll", "on": "2026-03-11"}).status_code == 302
    assert officer.post(f"{term}nonsense/").status_code == 404
    own = signed_in(row)
    assert own.get("/secondments/").headers["Location"] == term
    shown = own.get(term)
    assert [line.code for line in shown.context["page"].support] == ["cover", "fund"]
    latest = shown.context["page"].unstated[0]
    assert (latest.month.month, latest.possible) == (2, 20)
    assert f"{term}transfer/" not in shown.content.decode()
    assert own.post(f"{term}recall/", {"on": "2026-03-11", "reason": "x"}).status_code == 409


def test_a_month_is_stated_and_confirmed_in_one_click(cast: Cast) -> None:
    row = served(cast)
    own, desk = signed_in(row), enter(cast, "community_worker")
    term = f"/secondments/{row.pk}/"
    assert own.post(f"{term}state/", {"month": "2026-02", "days": ""}).status_code == 400
    assert own.post(f"{term}state/", {"month": "", "days": "22"}).status_code == 400
    assert own.post(f"{term}state/", {"month": "2026-03", "days": "5"}).status_code == 409
    assert own.post(f"{term}state/", {"month": "2026-02", "days": "22"}).status_code == 302
    month = SecondmentMonth.objects.get()
    page = f"/secondments/months/{month.pk}/"
    assert f"{page}confirm/" not in own.get(page).content.decode()
    assert f"{page}confirm/" in desk.get("/secondments/months/").content.decode()
    given = desk.post(f"{page}confirm/", {"then": "list"})
    assert given.headers["Location"] == "/secondments/months/"
    assert desk.post(f"{page}confirm/").status_code == 409
    assert own.post(f"{page}correct/", {"version": "2", "days": "21", "reason": ""}).status_code == 400
    assert own.post(f"{page}correct/", {"version": "2", "days": "21", "reason": "记错"}).status_code == 302
    assert "记错" in desk.get(page).content.decode()
    assert len(desk.get("/secondments/short/").context["short"]) == 1


def test_a_task_is_done_on_its_list(cast: Cast) -> None:
    row = served(cast)
    officer, own = enter(cast, "street_officer"), signed_in(row)
    given = {"place": cast.places["street"].pk, "role": "", "title": "三月清单", "since": "2026-03-01"}
    given |= {"until": "2026-03-31", "due": "2026-03-20", "tasks": "走访\n\n议事\n"}
    assert officer.post("/secondments/lists/new/", {**given, "tasks": ""}).status_code == 400
    assert officer.post("/secondments/lists/new/", given).status_code == 302
    item = WorkListItem.objects.order_by("pk")[0]
    assert own.post(f"/secondments/items/{item.pk}/", {"result": ""}).status_code == 400
    assert officer.post(f"/secondments/items/{item.pk}/", {"result": "x"}).status_code == 403
    assert own.post(f"/secondments/items/{item.pk}/", {"result": "走访十二户"}).status_code == 302
    (listed,) = officer.get("/secondments/lists/").context["rows"]
    assert (listed.asked, listed.done) == (2, 1)


@pytest.mark.parametrize("role", ["resident", "outsider", "auditor", "building_head"])
def test_others_find_nothing(cast: Cast, role: str) -> None:
    row = served(cast)
    month = stated(row)
    work_list_issue(actor=SYSTEM, issue=issue(cast))
    client = enter(cast, role)
    for address in (f"{row.pk}/", f"months/{month.pk}/", "new/", "selections/"):
        assert client.get(f"/secondments/{address}").status_code == 404
    assert client.post(f"/secondments/months/{month.pk}/confirm/").status_code == 404


def test_lists_cost_the_same_for_many(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(53):
        named = Named(f"派驻{number}", f"1000000{8000 + number}")
        place = ("community", "second_community")[number % 2]
        row = served(cast, place, role="young", named=named)
        Secondment.objects.filter(pk=row.pk).update(role="first_secretary")
    stated(row, date(2026, 1, 1))
    work_list_issue(actor=SYSTEM, issue=issue(cast))
    officer = enter(cast, "street_officer")
    for address in ("", "short/", "lists/", "selections/", "months/", f"{row.pk}/"):
        officer.get(f"/secondments/{address}")
        with django_assert_max_num_queries(16):
            assert officer.get(f"/secondments/{address}").status_code == 200
    first = officer.get("/secondments/").context
    assert (len(first["lines"]), len(officer.get("/secondments/short/").context["short"])) == (50, 53)
    assert len(officer.get(f"/secondments/?before={first['more']}").context["lines"]) == 3
    assert officer.get("/secondments/?state=over").context["lines"] == []
