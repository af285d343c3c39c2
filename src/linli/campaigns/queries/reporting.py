"""The report of a campaign as a text, a line for each paragraph, from which a Word file is made."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.campaigns.queries.pages import CampaignPage
from linli.core import clock

NUMBERS: Final = "一二三四五"


def report_text(page: CampaignPage) -> str:
    """The title, what it was for, how far it came, what came of it, its reviews, and how each place stands."""
    row = page.row
    chapters = {
        pgettext("campaign", "What for"): [line for line in (row.purpose, row.document) if line],
        pgettext("campaign", "How far it is"): list(_numbers(page)),
        pgettext("campaign", "What came of it"): row.summary.splitlines(),
        pgettext("campaign", "Reviews and changes"): list(_reviews(page)),
        pgettext("campaign", "Places and items"): list(_places(page)),
    }
    lines = [row.title]
    found = [(heading, told) for heading, told in chapters.items() if told]
    for number, (heading, told) in zip(NUMBERS, found, strict=False):
        lines += [f"{number}、{heading}", *told]
    return "\n".join([*lines, row.unit or row.place.name, _day(row.ended_on or clock.today())])


def _numbers(page: CampaignPage) -> Iterator[str]:
    numbers, belonging = page.numbers, page.belonging
    facts = {"items": numbers.items, "places": numbers.places, "units": numbers.units}
    yield _("Items: %(items)s. Places: %(places)s. Bodies that take part: %(units)s.") % facts
    marked = {"marked": numbers.marked, "fields": numbers.fields}
    yield _("Done or not needed: %(marked)s of %(fields)s.") % marked
    found = {"findings": numbers.findings, "done": numbers.findings_done, "matters": numbers.findings_matters}
    yield _("Findings: %(findings)s, put right: %(done)s, handed on as matters: %(matters)s.") % found
    if belonging.meetings or belonging.cases:
        told = {"meetings": belonging.meetings, "cases": belonging.cases}
        yield _("Meetings that belong to it: %(meetings)s. Matters: %(cases)s.") % told


def _reviews(page: CampaignPage) -> Iterator[str]:
    """Each in one line, so that no word of it is taken for a heading."""
    for item in page.reviews:
        yield f"{_day(item.on)}，{' '.join(item.text.split())}"


def _places(page: CampaignPage) -> Iterator[str]:
    for line in page.targets:
        done = [field.item.title for field in line.fields if field.mark and field.mark.state == "done"]
        yield f"{line.row.place.name}：{'、'.join(done) or '—'}"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
