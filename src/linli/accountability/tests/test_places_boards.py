"""The boards and alerts of the profiles of places: whole, of their own figures, and each says something there."""

from pathlib import Path

import pytest

from linli.accountability.alert_section import rules
from linli.accountability.board_section import boards
from linli.accountability.operations.alerts import alerts_check
from linli.accountability.queries.alerting import said
from linli.accountability.queries.boards import board_page
from linli.accountability.report_section import ReportsSection
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.records import profiles
from linli.records.figures import compute
from linli.records.figures.compile import EVERYWHERE
from linli.records.operations.profiles import profile_apply, profile_check

PROFILES = Path(__file__).parents[4] / "profiles"
PLACES = ("anon-district", "dafang", "erqi", "liupanshui", "xingang")


@pytest.mark.django_db
@pytest.mark.parametrize("place", PLACES)
def test_a_place_has_boards_of_its_figures_and_rules_that_speak(place: str) -> None:
    assert profile_check(PROFILES / place) == []
    profile_apply(actor=SYSTEM, folder=PROFILES / place)
    book, today = compute.book(), clock.today()
    told = {figure for board in boards() for figure in board.figures}
    assert told <= set(book)
    # What a place is known for is on its boards: every figure of its article.
    assert told >= {figure.id for figure in book.values() if figure.refs}
    # Nothing is said to be awaited of which there is a figure by now.
    known = {ref for figure in book.values() for ref in figure.refs}
    waits = profiles.current().section(ReportsSection).awaited
    assert [item.label for item in waits if known & set(item.refs)] == []
    for board in boards():
        page = board_page(board.code, today, EVERYWHERE, book)
        assert [part.code for part, _cards in page.parts] == [part.code for part in board.parts]
        assert board.label_en
        assert all(part.label_en for part in board.parts)
    # Each rule speaks of something of its own, so that nobody hears the same twice.
    assert len({(rule.figure, rule.work, rule.each) for rule in rules()}) == len(rules()) >= 2
    assert any(rule.work for rule in rules())
    assert any(rule.figure for rule in rules())
    for rule in rules():
        said(rule, today, book)
    # Of a place where nothing is recorded nobody is alarmed.
    assert alerts_check().raised == 0
