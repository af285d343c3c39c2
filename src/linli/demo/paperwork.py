"""What the offices of the demo place ask of communities and companies, report and assess."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from linli.accountability.models import Ask
from linli.accountability.operations.asks import Sketch, ask_approve, ask_propose, ask_send
from linli.accountability.operations.assessments import Opening, assessment_open
from linli.accountability.operations.reports import report_issue
from linli.accountability.queries.filling.forms import Paper
from linli.accountability.queries.report_values import Asked
from linli.core import clock
from linli.core.actors import Actor
from linli.core.calendar import Unit
from linli.core.calendar_table import calendar_for
from linli.core.files import XLSX
from linli.demo.library import library_begin
from linli.records.figures.compile import EVERYWHERE
from linli.territory.models import Place

FORM: Final = Path(__file__).parent / "forms" / "社区治理基本情况季报表.xlsx"


def paperwork_begin(actors: Mapping[str, Actor]) -> None:
    """Issue last month's report, send the form of the quarter, open the round of assessment of the last one."""
    month = clock.today().replace(day=1)
    with clock.frozen(_morning(month)):
        asked = Asked(month - timedelta(days=1), EVERYWHERE, clock.today())
        report_issue(actor=actors["lingdao"], code="monthly", asked=asked)
    street = Place.objects.get(name="中兴路街道")
    with clock.frozen(_morning(clock.today() - timedelta(days=1))):
        _ask(actors, street)
        assert street.county is not None, "a street lies in a county"
        _ask_companies(actors, street.county)
        quarter = month.replace(month=3 * ((month.month - 1) // 3) + 1)
        opening = Opening("community_quarter", street.pk, quarter - timedelta(days=1))
        assessment_open(actor=actors["lingdao"], opening=opening)


def _ask(actors: Mapping[str, Actor], street: Place) -> None:
    """The street's form for its communities."""
    today, due = clock.today(), _due()
    sketch = Sketch(
        name=FORM.stem,
        place_id=street.pk,
        level=Ask.Level.STREET,
        due=due,
        valid_from=today,
        valid_until=today + timedelta(days=360),
        document_id=library_begin(actors, street).pk,
        period=Ask.Period.QUARTERLY,
        place_ids=list(Place.objects.filter(parent=street, type=Place.Type.DIVISION).values_list("pk", flat=True)),
        paper=Paper(FORM.read_bytes(), XLSX, FORM.name),
    )
    _send(actors, "jiedao", sketch)


def _ask_companies(actors: Mapping[str, Actor], county: Place) -> None:
    """What a department asks of the property company: some of it the records hold."""
    today, office = clock.today(), actors["chengguan"].organization_ids[0]
    sketch = Sketch(
        name="物业服务情况登记表",
        place_id=county.pk,
        office_id=office,
        level=Ask.Level.COUNTY,
        due=_due(),
        valid_from=today,
        valid_until=today + timedelta(days=180),
        ground="县物业服务监督管理办法第十二条",
        body_ids=actors["wuye"].organization_ids,
        fields=("单位名称", "受理诉求数", "办结诉求数", "办结率", "消防演练次数"),
    )
    _send(actors, "chengguan", sketch)


def _send(actors: Mapping[str, Actor], asker: str, sketch: Sketch) -> None:
    ask = ask_propose(actor=actors[asker], sketch=sketch)
    ask_approve(actor=actors["lingdao"], ask_id=ask.pk)
    ask_send(actor=actors[asker], ask_id=ask.pk, due=sketch.due)


def _due() -> date:
    return calendar_for().add_working(clock.now(), 5, Unit.WORKING_DAYS).date()


def _morning(day: date) -> datetime:
    return min(clock.day_start(day) + timedelta(hours=9), clock.now())
