"""Who uses a figure: other figures, models, boards, schemes, alerts, reports, and whatever else registers.

Whoever makes something of figures registers how it finds its uses of one, so that nobody changes a definition unawares.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.accountability.alert_section import rules
from linli.accountability.assessing.section import AssessmentsSection
from linli.accountability.board_section import boards
from linli.accountability.queries.template_figures import templates_using
from linli.records import profiles
from linli.records.figures import compute
from linli.records.sections import ModelsSection


@dataclass(frozen=True, slots=True)
class Use:
    """Something that rests on a figure: what it is, its name, and its page where it has one."""

    kind: Any
    label: str
    url: str = ""


Finder = Callable[[str], Iterator[Use]]
_finders: Final[list[Finder]] = []


def register_users(*finders: Finder) -> None:
    """Let something that uses figures say which uses of one figure it has."""
    _finders.extend(finder for finder in finders if finder not in _finders)


def uses(figure_id: str) -> list[Use]:
    """Everything that uses a figure."""
    return [use for finder in _finders for use in finder(figure_id)]


def _figures(figure_id: str) -> Iterator[Use]:
    for figure in compute.book().values():
        if figure_id in figure.parts:
            yield Use(_("figure"), compute.label(figure), reverse("accountability:figure", args=[figure.id]))


def _models(figure_id: str) -> Iterator[Use]:
    for model in profiles.current().section(ModelsSection).models:
        if figure_id in model.figures:
            yield Use(_("model of working"), model.named, reverse("accountability:model", args=[model.code]))


def _boards(figure_id: str) -> Iterator[Use]:
    for board in boards():
        if figure_id in board.figures:
            yield Use(_("overview"), board.named, reverse("accountability:board", args=[board.code]))


def _schemes(figure_id: str) -> Iterator[Use]:
    for scheme in profiles.current().section(AssessmentsSection).schemes:
        if any(criterion.figure == figure_id for criterion in scheme.criteria):
            yield Use(_("scheme of assessment"), scheme.named)


def _alerts(figure_id: str) -> Iterator[Use]:
    for rule in rules():
        if rule.figure == figure_id:
            yield Use(_("rule of alerts"), rule.named, reverse("alerts:rules"))


def _reports(figure_id: str) -> Iterator[Use]:
    for template in templates_using(figure_id):
        page = reverse("reports:reports") if template.retired else reverse("reports:report", args=[template.code])
        yield Use(_("report"), template.label, page)


register_users(_figures, _models, _boards, _schemes, _alerts, _reports)
