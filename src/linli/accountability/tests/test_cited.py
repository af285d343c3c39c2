"""A figure that somebody cites says how it is defined and of which day, on its own page and in what was issued."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format
from pytest_django import Settings

from linli.accountability.operations.reports import report_issue, template_make
from linli.accountability.queries.report_values import Asked
from linli.accountability.tests.reporting import FIGURES, survey, word
from linli.accounts.testing import Cast
from linli.core.actors import SYSTEM
from linli.records.figures.compile import EVERYWHERE
from linli.records.operations.profiles import content_apply
from linli.records.tests.sampling import AS_OF
from linli.records.tests.test_import_pages import signed_in


@pytest.mark.django_db
def test_a_cited_figure_says_its_definition_and_its_day(
    cast: Cast, client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.SECOND_FACTOR_REQUIRED, settings.DATA = False, tmp_path
    content_apply(actor=SYSTEM, content=lambda held: {**held, "figures": {"figures": FIGURES}})
    survey(cast)
    template = template_make(
        actor=cast.actors["leader"], label="经验材料", content=word("经验材料", "收回{{收回，余}}。", "某部")
    )
    report = report_issue(actor=cast.actors["leader"], code=template.code, asked=Asked(AS_OF, EVERYWHERE, AS_OF))
    reader = signed_in(cast, client, "leader")
    cited = report.figures.select_related("figure").get()
    day = date_format(AS_OF, "Y-m-d")
    figure = reverse("accountability:figure", args=["answered"])
    for address in (reverse("reports:issued", args=[report.pk]), f"{figure}?at={day}"):
        page = reader.get(address).content.decode()
        assert cited.figure.sentence in page, address
        assert day in page, address
