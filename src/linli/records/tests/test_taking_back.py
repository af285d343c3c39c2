"""An import that is taken back leaves every row that it changed as it was, in all of its columns."""

import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from linli.cases.models import Case
from linli.core import journal
from linli.core.actors import SYSTEM
from linli.core.errors import RuleBroken
from linli.organizations.models import Organization, Person, Post
from linli.organizations.operations.people import person_forget
from linli.records.importing import keeping
from linli.records.models import Batch, Origin
from linli.records.operations.imports import import_take_back
from linli.records.operations.profiles import profile_apply
from linli.records.tests.sampling import HERE, MATTERS, compounds, open_place, table, take_in, workbook
from linli.records.types import record_type
from linli.territory.models import Place, Revision, Statistic

pytestmark = pytest.mark.django_db
COMPOUND = ["X1", "桃园小区", "东风街道", "春晓社区", 120, "是", "2001.5.6"]
GRIDS = ["网格编码", "网格名称", "级别", "上级编码", "街道", "社区", "网格长", "电话"]
UPPER = ["G1", "东风一级网格", "1", "", "东风街道", "", "", ""]


@pytest.fixture(autouse=True)
def place() -> None:
    open_place()


def taken_back(*paths: Path) -> None:
    """Import files and take the last of them back."""
    take_in(*paths)
    import_take_back(actor=SYSTEM, batch_id=Batch.objects.latest("pk").pk)


def test_a_body_that_was_only_a_name_is_that_name_again(tmp_path: Path) -> None:
    folder = tmp_path / "profile"
    shutil.copytree(HERE / "profile", folder)
    maps = folder / "imports.yaml"
    maps.write_text(maps.read_text("utf-8").replace("{lead: create}", "{lead: text}"), "utf-8")
    profile_apply(actor=SYSTEM, folder=folder)

    def ledger(lead: str) -> Path:
        row = ["S1", "2026-01-05", "", "热线", "", "灯不亮", "东风街道", "春晓社区", lead, "在办"]
        return table(tmp_path / "诉求台账.csv", MATTERS, [row])

    take_in(ledger("明月物业"))
    before = Case.objects.values().get()
    assert before["lead_name"] == "明月物业"
    taken_back(ledger("清风物业"))
    assert Case.objects.values().get() == before


def test_a_post_goes_back_to_its_holder_and_stays_confirmed(tmp_path: Path) -> None:
    def ledger(name: str) -> Path:
        lead = ["G11", "一街一格", "2", "", "东风街道", "春晓社区", name, ""]
        return workbook(tmp_path / "grids.xlsx", [GRIDS, lead])

    take_in(ledger("张三"))
    Post.objects.update(confirmed=True)
    before = Post.objects.values().get()
    taken_back(ledger("李四"))
    assert Post.objects.values().get() == before


def test_places_go_back_with_what_hangs_below_them(tmp_path: Path) -> None:
    def grids(upper: str) -> Path:
        below = ["G12", "一街一格一组", "3", "G11", "东风街道", "春晓社区", "", ""]
        rows = [GRIDS, UPPER, ["G11", "一街一格", "2", upper, "东风街道", "春晓社区", "", ""], below]
        return workbook(tmp_path / "grids.xlsx", rows)

    def held() -> list[dict[str, Any]]:
        rows = Place.objects.exclude(type="division").order_by("pk").values()
        return [{name: value for name, value in row.items() if name != "version"} for row in rows]

    take_in(compounds(tmp_path, [COMPOUND]), grids(""))
    before = held()
    taken_back(grids("G1"))
    assert held() == before
    taken_back(compounds(tmp_path, [[*COMPOUND[:3], "秋实社区", 90, "否", ""]]))
    assert held() == before


def _bodies() -> tuple[int, Mapping[str, Any]]:
    root = Place.objects.get(code="990901")
    above, own = (Organization.objects.create(type="department", name=name, place=root) for name in ("上级", "本级"))
    for row in (above, own):
        Organization.objects.filter(pk=row.pk).update(path=f"/{row.pk}/", members=9, members_elsewhere=5)
    return own.pk, {"parent": above.pk, "members": 3, "name": "新名"}


def _matters() -> tuple[int, Mapping[str, Any]]:
    root = Place.objects.get(code="990901")
    values = [{"number": "S1", "text": "灯不亮", "kind": "problem", "place": root.pk, "received": "2026-01-05"}]
    (pk,) = record_type("case").write(actor=SYSTEM, rows=values)  # type: ignore[misc]
    return pk, {"kind": "dispute", "text": "两家争执", "helped": 3, "closed": "2026-01-09"}


@pytest.mark.parametrize(("code", "make"), [("department", _bodies), ("case", _matters)])
def test_what_a_writer_concludes_is_put_back_too(code: str, make: Callable[[], tuple[int, Mapping[str, Any]]]) -> None:
    kind = record_type(code)
    pk, row = make()
    assert kind.write is not None
    before, held = kind.rows().values().get(pk=pk), keeping.snapshot(kind, [pk])
    kind.write(actor=SYSTEM, rows=[{"id": pk, **row}])
    assert kind.rows().values().get(pk=pk) != before
    keeping.restore(SYSTEM, kind, keeping.overwritten(held, keeping.snapshot(kind, [pk])))
    assert kind.rows().values().get(pk=pk) == before


def test_streets_that_a_grid_did_not_cross_are_no_longer_crossed() -> None:
    kind = record_type("grid")
    street, other = Place.objects.filter(code__in=["990901001", "990901002"]).order_by("code")
    assert kind.write is not None
    (pk,) = kind.write(actor=SYSTEM, rows=[{"code": "G1", "name": "专属网格", "crosses": [street.name]}])
    held = keeping.snapshot(kind, [pk])
    kind.write(actor=SYSTEM, rows=[{"id": pk, "crosses": [other.name]}])
    assert Place.objects.get(pk=pk).crosses.count() == 2
    keeping.restore(SYSTEM, kind, keeping.overwritten(held, keeping.snapshot(kind, [pk])))
    assert list(Place.objects.get(pk=pk).crosses.all()) == [street]


def test_a_total_that_a_newer_one_ended_holds_on_again() -> None:
    kind = record_type("statistic")
    assert kind.write is not None
    assert kind.remove is not None
    rows = [{"series": "户籍人口", "value": 10, "stock": True, "since": date(2026, month, 1)} for month in (1, 2)]
    (first,) = kind.write(actor=SYSTEM, rows=rows[:1])
    before = Statistic.objects.values().get()
    (second,) = kind.write(actor=SYSTEM, rows=rows[1:])
    assert Statistic.objects.get(pk=first).until == date(2026, 2, 1)
    kind.remove(actor=SYSTEM, ids=[second])
    assert Statistic.objects.values().get() == before


def test_places_that_go_are_known_to_every_index(tmp_path: Path) -> None:
    take_in(compounds(tmp_path, [COMPOUND]))
    stamp = Revision.objects.get().stamp
    import_take_back(actor=SYSTEM, batch_id=Batch.objects.latest("pk").pk)
    assert not Place.objects.filter(type="compound").exists()
    assert Revision.objects.get().stamp != stamp


def _people() -> list[dict[str, Any]]:
    rows = Person.objects.order_by("pk").values("pk", "name", "staff_number", "phone", "phone_hash")
    return [
        {name: bytes(value) if isinstance(value, memoryview) else value for name, value in row.items()} for row in rows
    ]


def _roster(folder: Path, name: str, phone: str) -> Path:
    lead = ["G11", "一街一格", "2", "", "东风街道", "春晓社区", name, phone]
    return workbook(folder / "grids.xlsx", [GRIDS, lead])


def test_a_phone_that_a_roster_corrected_is_the_old_one_again(tmp_path: Path) -> None:
    take_in(_roster(tmp_path, "张三", "10000000071"))
    before = _people()
    take_in(_roster(tmp_path, "张三", "10000000072"))
    assert _people() != before
    assert len(_people()) == len(before)
    held = Origin.objects.filter(record_type="post").get().before
    assert "10000000071" not in str(held), "what is sealed stays sealed"
    import_take_back(actor=SYSTEM, batch_id=Batch.objects.latest("pk").pk)
    assert _people() == before


def test_a_name_by_number_is_the_old_one_again() -> None:
    kind = record_type("post")
    assert kind.write is not None
    root = Place.objects.get(code="990901")
    row = {"kind": "grid_worker", "place": root.pk, "name": "张三", "staff_number": "N1", "phone": "10000000071"}
    (pk,) = kind.write(actor=SYSTEM, rows=[row])
    before, held = _people(), keeping.snapshot(kind, [pk])
    kind.write(actor=SYSTEM, rows=[{"id": pk, "name": "张珊", "staff_number": "N1"}])
    assert [row["name"] for row in _people()] == ["张珊"]
    keeping.restore(SYSTEM, kind, keeping.overwritten(held, keeping.snapshot(kind, [pk])))
    assert _people() == before


def test_what_somebody_corrected_by_hand_since_is_not_taken_back(tmp_path: Path) -> None:
    take_in(_roster(tmp_path, "张三", "10000000071"))
    take_in(_roster(tmp_path, "张三", "10000000072"))
    person = Person.objects.get(name="张三")
    journal.write(SYSTEM, "person.correct", ("person", person.pk))
    with pytest.raises(RuleBroken, match=r"import\.edited_since"):
        import_take_back(actor=SYSTEM, batch_id=Batch.objects.latest("pk").pk)


def test_whoever_is_forgotten_is_forgotten_here_too(tmp_path: Path) -> None:
    take_in(_roster(tmp_path, "张三", "10000000071"))
    take_in(_roster(tmp_path, "张三", "10000000072"))
    person = Person.objects.get(name="张三")
    Post.objects.update(until=date(2026, 1, 1))
    person_forget(actor=SYSTEM, person_id=person.pk)
    assert Origin.objects.filter(record_type="post").get().before == {}


TOTALS = """
  - id: totals
    signature: {headers: [指标名称, 统计日]}
    key: [指标名称]
    records:
      - type: statistic
        columns: {series: 指标名称, since: 统计日, value: 数值, place.street: 街道}
"""


def test_a_total_that_was_there_already_stays_and_is_what_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "profile"
    shutil.copytree(HERE / "profile", folder)
    maps = folder / "imports.yaml"
    maps.write_text(maps.read_text("utf-8") + TOTALS, "utf-8")
    profile_apply(actor=SYSTEM, folder=folder)
    kind = record_type("statistic")
    assert kind.write is not None
    row = {"series": "户籍人口", "value": 10, "stock": True, "since": date(2026, 1, 1)}
    kind.write(actor=SYSTEM, rows=[{**row, "place": Place.objects.get(code="990901001").pk}])
    before = Statistic.objects.values().get()
    rows = [["户籍人口", "2026-01-01", 12, "东风街道"], ["常住人口", "2026-01-01", 5, "东风街道"]]
    take_in(table(tmp_path / "totals.csv", ["指标名称", "统计日", "数值", "街道"], rows))
    assert sorted(Statistic.objects.values_list("value", flat=True)) == [5, 12]
    import_take_back(actor=SYSTEM, batch_id=Batch.objects.latest("pk").pk)
    assert Statistic.objects.values().get() == before
