"""The figure book to browse: found by words, who uses a figure, how it changed, how complete it is; boards."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from linli.accountability.board_section import faults
from linli.accountability.queries import book as browsing
from linli.accountability.queries.boards import board_page
from linli.accountability.queries.completeness import completeness, period_end
from linli.accountability.queries.definitions import changes
from linli.accountability.queries.figure_users import uses
from linli.accounts.testing import Cast
from linli.cases.models import Case
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.errors import NotFound
from linli.records import profiles
from linli.records.checking import warnings
from linli.records.figures import compute
from linli.records.figures.compile import EVERYWHERE
from linli.records.operations.figures import figure_define
from linli.records.operations.profiles import content_apply
from linli.records.tests.sampling import AS_OF, MATTERS, open_place, table, take_in
from linli.records.tests.test_import_pages import signed_in
from linli.territory.models import Place

pytestmark = pytest.mark.django_db
BOARD = {
    "code": "overview",
    "label": "概览",
    "each": "community",
    "parts": [
        {"code": "a", "label": "诉求", "figures": ["matters", "matters.rate"]},
        {"code": "b", "label": "小区", "figures": ["compounds"]},
    ],
}


@pytest.fixture
def matters(cast: Cast, tmp_path: Path, settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    open_place()
    rows = [
        ["S0", "2025-03-05", "2025-03-09", "热线", "停车", "z", "东风街道", "春晓社区", "", "办结"],
        ["S9", "2025-04-05", "", "热线", "停车", "y", "东风街道", "春晓社区", "", "在办"],
        ["S1", "2026-01-05", "2026-01-09", "热线", "停车", "a", "东风街道", "春晓社区", "", "办结"],
        ["S2", "2026-02-05", "2026-02-07", "热线", "停车", "b", "东风街道", "春晓社区", "", "办结"],
        ["S3", "2026-02-06", "", "巡查", "路灯", "c", "东风街道", "秋实社区", "", "在办"],
    ]
    take_in(table(tmp_path / "诉求.csv", MATTERS, rows))


def with_boards(*boards: dict[str, Any]) -> None:
    content_apply(actor=SYSTEM, content=lambda held: {**held, "boards": {"boards": list(boards)}})


@pytest.mark.parametrize(
    ("domain", "words", "among", "missing"),
    [
        ("", "办结率", "matters.rate", "matters"),
        ("", "MATTERS.rate", "matters.rate", "matters"),
        ("", "divided", "matters.rate", "matters"),  # words of the English definition
        ("", "除以", "matters.rate", "matters"),  # and of the Chinese one
        ("", "T-1", "compounds", "matters"),
        ("compound", "", "compounds", "matters"),
        ("compound", "有门卫", "compounds.guarded", "compounds"),
    ],
)
def test_figures_are_found_by_words_in_both_languages(
    matters: None, domain: str, words: str, among: str, missing: str
) -> None:
    found = {item.id for item in browsing.found(compute.book(), domain, words)}
    assert among in found
    assert missing not in found


def test_the_list_is_one_page_whatever_the_size_of_the_book(
    matters: None, cast: Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        figure_define(actor=SYSTEM, definition={"id": f"more.n{number}", "label": f"多{number}", "of": "grid"})
    signed_in(cast, client)
    address = reverse("accountability:figures")
    client.get(address)
    with django_assert_max_num_queries(70):
        page = client.get(address)
    assert (len(page.context["lines"]), page.context["page"].paginator.count) == (40, 60 + 12)
    second = client.get(address, {"page": "2"})
    assert len(second.context["lines"]) == 32
    few = client.get(address, {"words": "多59"})
    assert [line.value.figure.id for line in few.context["lines"]] == ["more.n59"]
    assert client.get(address, {"words": "没有这个"}).context["lines"] == []


def test_a_rate_says_what_it_is_divided_by_and_names_its_namesakes(matters: None) -> None:
    figure_define(
        actor=SYSTEM,
        definition={
            "id": "matters.rate.scope",
            "label": "办结率",
            "ratio": {"of": "matters.solved", "over": "matters.places"},
        },
    )
    book = compute.book()
    rate, other = book["matters.rate"], book["matters.rate.scope"]
    assert browsing.below(rate, book) != browsing.below(other, book)
    assert browsing.below(rate, book).startswith("诉求")
    assert browsing.below(book["matters"], book) == browsing.below(book["matters.change"], book) == ""
    assert [item.id for item in browsing.namesakes(rate, book)] == ["matters.rate.scope"]
    assert browsing.namesakes(book["matters"], book) == []


def test_the_profile_check_warns_of_one_name_for_two_figures() -> None:
    one = {"id": "a", "label": "办结率", "of": "case"}
    figures = [one, {**one, "id": "b"}, {**one, "id": "c", "label": "别的"}]
    assert [fault.key for fault in warnings({"figures": {"figures": figures}})] == ["figures.1.label"]
    assert warnings({"figures": {"figures": figures[::2]}}) == []


def test_who_uses_a_figure_is_listed(matters: None) -> None:
    with_boards(BOARD)
    assert {use.label for use in uses("matters.solved")} == {"办结率"}
    assert {use.label for use in uses("matters")} == {"办结率", "同比", "概览"}
    assert uses("households") == []


def test_every_change_of_a_definition_is_kept_with_who_and_what(matters: None, cast: Cast) -> None:
    def relabelled(held: Any) -> Any:
        figures = [
            {**item, "label": "群众诉求"} if item["id"] == "matters" else item for item in held["figures"]["figures"]
        ]
        return {**held, "figures": {"figures": figures}}

    content_apply(actor=SYSTEM, content=relabelled)
    with_boards(BOARD)  # no change of a figure
    newest, first = changes("matters")
    assert (newest.keys, newest.begun, newest.in_profile) == ((("label", "诉求", "群众诉求"),), False, True)
    assert (first.begun, first.version < newest.version) == (True, True)
    gone = [item for item in profiles.content_in_force()["figures"]["figures"] if item["id"] != "volunteers"]
    content_apply(actor=SYSTEM, content=lambda held: {**held, "figures": {"figures": gone}})
    assert changes("volunteers")[0].ended

    admin = cast.system_administrator
    for label in ("甲", "乙"):
        figure_define(actor=admin, definition={"id": "own", "label": label, "of": "case"})
    newest, first = changes("own")
    assert (newest.keys, newest.version, newest.in_profile) == ((("label", "甲", "乙"),), 2, False)
    assert newest.actor
    assert newest.actor != admin.key


@pytest.mark.parametrize(
    ("period", "end"),
    [
        ("month", date(2026, 2, 28)),
        ("quarter", date(2026, 3, 31)),
        ("year_to_date", date(2026, 12, 31)),
        ("last_month", date(2026, 1, 31)),
        ("as_of", None),
        ("cumulative", None),
    ],
)
def test_a_period_has_its_own_end(period: Any, end: date | None) -> None:
    assert period_end(period, date(2026, 2, 10)) == end


def test_a_period_is_complete_at_its_end_and_not_before(matters: None, monkeypatch: pytest.MonkeyPatch) -> None:
    book = compute.book()
    of = {**book, "m": book["matters"].model_copy(update={"id": "m", "period": "month"})}
    early = completeness(of["m"], date(2026, 2, 27), EVERYWHERE, of)
    assert (early.ended, early.complete, early.with_rows) == (False, False, 2)
    assert early.units > early.with_rows
    assert completeness(of["m"], date(2026, 2, 28), EVERYWHERE, of).ended
    own = compute.scope_of("990901001001")
    assert completeness(of["m"], date(2026, 2, 28), own, of).complete
    assert not completeness(of["m"], date(2026, 2, 27), own, of).complete
    # On the last day itself the month is not over.
    monkeypatch.setattr(clock, "today", lambda: date(2026, 2, 28))
    assert not completeness(of["m"], date(2026, 2, 28), own, of).complete


def test_a_board_tells_the_change_in_percent_and_in_points(matters: None) -> None:
    with_boards(BOARD)
    page = board_page("overview", AS_OF, EVERYWHERE, compute.book())
    count, rate = page.parts[0][1]
    assert [str(item) for item in (count.value.value, count.before, count.amount, count.percent)] == [
        "3",
        "2",
        "1",
        "50.0",
    ]
    assert (str(rate.value.value), str(rate.before), str(rate.amount)) == ("66.7", "50.0", "16.7")
    assert (rate.in_points, rate.percent, bool(rate.below), count.below) == (True, None, True, "")
    assert count.course == {"names": ["2026-01", "2026-02"], "values": [1, 2]}
    assert page.parts[1][1][0].course is None


def test_units_stand_side_by_side_in_the_order_of_their_codes(matters: None) -> None:
    with_boards(BOARD)
    page = board_page("overview", AS_OF, EVERYWHERE, compute.book())
    codes = [unit.code for unit in page.units]
    assert codes == sorted(codes)
    by_name = {unit.label: [str(value) for value in unit.values] for unit in page.units}
    book = compute.book()
    for unit in page.units:
        scope = compute.scope_of(unit.code)
        alone = [compute.compute(item, AS_OF, scope, book).value for item in ("matters", "matters.rate")]
        assert list(unit.values[:2]) == alone
    assert len(by_name) == 2
    inside = board_page("overview", AS_OF, compute.scope_of("990901001001"), book)
    assert not inside.units
    assert inside.parts[0][1][0].value.value == 2


def test_the_lines_of_a_board_add_up_with_what_lies_in_no_unit(
    matters: None, cast: Cast, client: Client, tmp_path: Path
) -> None:
    rows = [
        ["S4", "2026-03-01", "2026-03-02", "热线", "停车", "d", "东风街道", "春晓社区", "", "办结"],
        ["S5", "2026-03-01", "", "热线", "停车", "e", "东风街道", "春晓社区", "", "在办"],
    ]
    take_in(table(tmp_path / "街道诉求.csv", MATTERS, rows))
    Case.objects.filter(register_number__in=["S4", "S5"]).update(place=Place.objects.get(code="990901001"))
    Place.objects.filter(name="秋实社区居民委员会").update(until=date(2026, 3, 31))
    with_boards(BOARD)
    book = compute.book()
    for scope in (EVERYWHERE, compute.scope_of("990901001")):
        page = board_page("overview", AS_OF, scope, book)
        column = [unit.values[0] or 0 for unit in page.units]
        assert sum(column) == page.figures[0].value == 5
        # A community that has ended keeps its line, and what was placed at the street has one; its rate is its own.
        assert [unit.place and unit.place.name for unit in page.units[-2:]] == ["秋实社区居民委员会", None]
        # Where no row lies there are none: that is 0, not "not collected".
        assert [str(value) for value in page.units[-1].values] == ["2", "50.0", "0"]
    signed_in(cast, client)
    text = client.get(reverse("accountability:board", args=["overview"])).content.decode()
    assert page.units[-1].label in text
    assert page.units[-1].label in client.get("/figures/matters/?by=community").content.decode()
    (last,) = client.get("/api/v1/boards/overview").json()["units"][-1:]
    assert (last["code"], last["values"]["matters"]) == ("", 2)


def test_units_and_courses_of_more_figures_ask_no_more(matters: None) -> None:
    days = [{"of": "case", "measure": {how: "handling_days"}} for how in ("median", "average", "p90")]
    more = [*days, {"of": "case", "measure": {"distinct": "place"}}, {"of": "case", "measure": {"sum": "helped"}}]
    ids = [f"more.{number}" for number in range(len(more))]
    content_apply(
        actor=SYSTEM,
        content=lambda held: {
            **held,
            "figures": {
                "figures": [
                    *held["figures"]["figures"],
                    *({**item, "id": name, "period": "year_to_date"} for name, item in zip(ids, more, strict=True)),
                ]
            },
        },
    )
    with_boards(
        BOARD, {**BOARD, "code": "wide", "parts": [{"code": "a", "label": "诉求", "figures": ["matters", *ids]}]}
    )
    book = compute.book()
    with CaptureQueriesContext(connection) as narrow:
        board_page("overview", AS_OF, EVERYWHERE, book)
    with CaptureQueriesContext(connection) as wide:
        page = board_page("wide", AS_OF, EVERYWHERE, book)
    # All that is measured of the same rows is one query, and all durations one more: four times on a board.
    assert len(wide) <= len(narrow) + 4, [query["sql"] for query in wide.captured_queries]
    for unit in page.units:
        alone = [compute.compute(name, AS_OF, compute.scope_of(unit.code), book).value for name in ids]
        assert list(unit.values[1:]) == alone


def test_the_page_of_a_board_asks_few_questions(
    matters: None, cast: Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    with_boards(BOARD)
    signed_in(cast, client)
    address = reverse("accountability:board", args=["overview"])
    assert client.get(address).status_code == 200
    with django_assert_max_num_queries(28):
        client.get(address)
    assert client.get(reverse("accountability:board", args=["nothing"])).status_code == 404
    client.logout()
    signed_in(cast, client, "grid_worker")
    assert client.get(address).status_code == 404


def test_faults_of_boards_are_named(matters: None) -> None:
    content = profiles.content_in_force()
    part = {"code": "x", "label": "x", "figures": ["nothing"]}
    wrong = {**content, "boards": {"boards": [BOARD, {**BOARD, "parts": [part]}]}}
    assert [fault.key for fault in faults(wrong)] == ["boards.1.code", "boards.1.parts.0.figures"]
    assert faults({**content, "boards": {"boards": [BOARD]}}) == []
    with pytest.raises(NotFound):
        board_page("none", AS_OF, EVERYWHERE, compute.book())
