"""The coverage is computed once and looked up until something that it depends on changes."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command

from linli.core import clock
from linli.core.actors import SYSTEM
from linli.records.operations.profiles import content_apply
from linli.territory import coverage, coverage_kept
from linli.territory.operations import places
from linli.territory.tests.county import County, square
from linli.territory.tests.test_pages import Browser, browser

__all__ = ["browser"]


@pytest.fixture
def computed(county: County, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A county with two faults; one more item for each time that the coverage is computed."""
    redraw(county.one_a.pk, 0.5)
    coverage_kept._last.clear()
    times: list[int] = []
    findings = coverage.findings

    def counted(*given: Any, **named: Any) -> Any:
        times.append(1)
        return findings(*given, **named)

    monkeypatch.setattr(coverage, "findings", counted)
    return times


def redraw(pk: int, width: float) -> None:
    places.boundary_redraw(actor=SYSTEM, place=pk, form=square(0, 0, width), on=date(2026, 3, 1))


def test_another_process_and_the_command_read_what_one_has_computed(county: County, computed: list[int]) -> None:
    with clock.frozen("2026-03-10T09:00") as held:
        first = coverage_kept.latest()
        held.move(timedelta(hours=1))
        again = coverage_kept.latest()
        coverage_kept._last.clear()
        read = coverage_kept.latest()
    coverage_kept._last.clear()
    call_command("coverage")
    assert len(computed) == 1
    assert first.at == again.at == read.at
    assert list(read.findings) == list(first.findings) == coverage.findings()
    assert [item.form.equals(other.form) for item, other in zip(read.findings, first.findings, strict=True)] == [True]


def test_it_is_computed_anew_when_a_boundary_a_place_or_the_profile_changes(
    county: County, computed: list[int]
) -> None:
    assert len(coverage_kept.latest().findings) == 1
    redraw(county.one_a.pk, 1)
    assert len(coverage_kept.latest().findings) == 0
    places.place_end(actor=SYSTEM, place=county.two_a.pk, version=1, on=date(2026, 3, 1))
    assert len(coverage_kept.latest().findings) == 1
    content_apply(
        actor=SYSTEM, content=lambda held: {**held, "vocabularies": {"words": {"x": [{"code": "y", "label": "z"}]}}}
    )
    coverage_kept.latest()
    assert len(computed) == 4


@pytest.mark.parametrize("text", ["", "[]", '{"key": 1}', '{"key": "%s", "at": "x", "findings": []}'])
def test_a_file_that_cannot_be_read_is_computed_again(county: County, computed: list[int], text: str) -> None:
    before = coverage_kept.latest()
    coverage_kept._path().write_text(text.replace("%s", before.key), "utf-8")
    coverage_kept._last.clear()
    assert list(coverage_kept.latest().findings) == list(before.findings)
    assert len(computed) == 2


def test_below_a_place_are_the_faults_that_lie_there_whole(county: County, computed: list[int]) -> None:
    assert [item.places for item in coverage_kept.latest(county.one.path).findings] == [(county.one.pk,)]
    assert list(coverage_kept.latest(county.two.path).findings) == []
    assert len(computed) == 1


def test_the_page_says_as_of_when_and_the_map_shows_the_same(
    county: County, computed: list[int], browser: Browser
) -> None:
    browser.actor = county.viewer()
    with clock.frozen("2026-03-10T09:00") as held:
        browser.shown("/territory/coverage/")
        held.move(timedelta(hours=1))
        assert 'datetime="2026-03-10T09:00:00+08:00"' in browser.shown("/territory/coverage/")
        assert "coverage.gap" in browser.shown("/territory/coverage.json")
    assert len(computed) == 1
