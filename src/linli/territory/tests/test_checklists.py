"""The checklist of a grid: ticked with a day, due again after its interval, then work of whoever tends the grid."""

from datetime import date, timedelta

import pytest

from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.clock import Frozen
from linli.core.errors import DomainError
from linli.core.models import WorkItem
from linli.organizations.models import Person, Post
from linli.records.operations.profiles import content_apply
from linli.territory.checklists import checklist
from linli.territory.models import ChecklistEntry
from linli.territory.operations.checklists import checklist_tick, checklists_remind
from linli.territory.tests.county import PROFILE, County
from linli.territory.tests.test_pages import Browser, browser

__all__ = ["browser"]
ITEMS = [
    {"code": "shops", "label": "商铺", "days": 30},
    {"code": "exits", "label": "安全出口", "days": 90},
    {"code": "malls", "label": "商场", "days": 30, "kinds": ["overlay"]},
]
DAY = date(2026, 3, 10)


@pytest.fixture
def listed(county: County) -> County:
    """The county with a checklist."""
    content_apply(actor=SYSTEM, content={**PROFILE, "grids": {**PROFILE["grids"], "checklist": ITEMS}})
    return county


def state(county: County) -> dict[str, tuple[date | None, bool]]:
    """The items of the first grid: when ticked, and whether due."""
    return {line.item.code: (line.ticked, line.overdue) for line in checklist(county.one_a)}


def test_an_item_is_ticked_with_a_day_and_is_due_again_after_its_interval(listed: County, noon: Frozen) -> None:
    assert state(listed) == {"shops": (None, True), "exits": (None, True)}
    checklist_tick(actor=listed.viewer(), place=listed.one_a.pk, items=["shops"], on=DAY)
    assert state(listed)["shops"] == (DAY, False)
    checklist_tick(actor=listed.viewer(), place=listed.one_a.pk, items=["shops"], on=DAY - timedelta(days=9))
    assert state(listed)["shops"] == (DAY, False)
    with clock.frozen(DAY + timedelta(days=30)):
        assert state(listed)["shops"] == (DAY, True)
    assert ChecklistEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "items", "on", "code"),
    [
        ("outsider", ["shops"], DAY, "place.not_yours"),
        ("viewer", ["malls"], DAY, "checklist.unknown"),
        ("viewer", [], DAY, "checklist.unknown"),
        ("viewer", ["shops"], DAY + timedelta(days=1), "checklist.future"),
    ],
)
def test_what_is_not_ticked(listed: County, who: str, items: list[str], on: date, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        checklist_tick(actor=getattr(listed, who)(), place=listed.one_a.pk, items=items, on=on)
    assert refused.value.code == code
    assert not ChecklistEntry.objects.exists()


def test_what_is_due_is_work_of_the_grid_worker_until_all_is_ticked(listed: County) -> None:
    def post(kind: str, *, lead: bool) -> Post:
        person = Person.objects.create(name=kind, created=clock.now())
        return Post.objects.create(person=person, kind=kind, place=listed.one_a, lead=lead, confirmed=True)

    post("grid_lead", lead=True)
    worker = post("grid_worker", lead=False)
    assert [checklists_remind(actor=SYSTEM), checklists_remind(actor=SYSTEM)] == [1, 0]
    item = WorkItem.objects.get(kind="checklist")
    assert (item.post_id, item.subject_id) == (worker.pk, listed.one_a.pk)
    checklist_tick(actor=listed.viewer(), place=listed.one_a.pk, items=["shops"], on=DAY)
    assert WorkItem.objects.filter(kind="checklist", ended=None).exists()
    checklist_tick(actor=listed.viewer(), place=listed.one_a.pk, items=["exits"], on=DAY)
    assert not WorkItem.objects.filter(kind="checklist", ended=None).exists()


def test_ticking_on_the_page(listed: County, browser: Browser) -> None:
    browser.actor = listed.viewer()
    url = f"/territory/{listed.one_a.pk}/"
    assert f"{url}checklist/" in browser.shown(url)
    answer = browser.post(f"{url}checklist/", {"item": ["shops", "exits"], "on": "2026-03-09", "note": "无变化"})
    assert answer.status_code == 302
    assert state(listed) == {"shops": (date(2026, 3, 9), False), "exits": (date(2026, 3, 9), False)}
    browser.actor = listed.outsider()
    assert browser.post(f"{url}checklist/", {"item": ["shops"]}).status_code == 403
