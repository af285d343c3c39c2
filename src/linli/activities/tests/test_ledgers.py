"""Activities come in from a ledger once, count as figures and go out as they came; faulty rows are refused."""

from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from pytest_django import Settings

from linli.accounts.testing import Cast
from linli.activities.models import Activity, ServiceRecord
from linli.activities.operations.ledgers import activities_refused, activity_record_many
from linli.activities.policies.activities import may_change_activity
from linli.core.actors import SYSTEM
from linli.core.models import Entry
from linli.organizations.models import Organization
from linli.organizations.operations.recording import organization_record_many
from linli.records.figures import compute
from linli.records.importing.report import SENTENCES
from linli.records.operations.profiles import content_apply
from linli.records.tests.sampling import AS_OF, table, take_in
from linli.records.types import record_type

pytestmark = pytest.mark.django_db
HEADERS: Final = ["活动编号", "活动日期", "服务队名称", "参加志愿者(人)", "服务居民(人次)", "状态"]
COLUMNS: Final = {
    "number": "活动编号",
    "day": "活动日期",
    "organization": "服务队名称",
    "volunteers": "参加志愿者(人)",
    "served": "服务居民(人次)",
    "state": {"from": "状态", "values": {"已开展": "held", "已取消": "cancelled"}},
}
MAP: Final = {
    "id": "activities",
    "signature": {"headers": ["活动编号", "服务队名称"]},
    "required": ["活动编号", "活动日期"],
    "key": ["活动编号"],
    "records": [{"type": "activity", "columns": COLUMNS}],
}
FIGURES: Final = [
    {"id": "held", "of": "activity", "where": {"state": "held"}, "measure": "count", "period": "cumulative"},
    {
        "id": "served",
        "of": "activity",
        "where": {"state": "held", "organization.name": "春晖服务队"},
        "measure": {"sum": "served"},
        "period": "cumulative",
    },
]


@pytest.fixture(autouse=True)
def team(cast: Cast, settings: Settings, tmp_path: Path) -> Organization:
    settings.DATA = tmp_path
    row = {"name": "春晖服务队", "place": cast.places["community"].pk}
    (pk,) = organization_record_many("volunteer_team")(actor=SYSTEM, rows=[row])
    content_apply(
        actor=SYSTEM, content=lambda held: {**held, "imports": {"maps": [MAP]}, "figures": {"figures": FIGURES}}
    )
    return Organization.objects.get(pk=pk)


def test_a_ledger_comes_in_once_and_counts(team: Organization, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["H1", "2026-01-04", "春晖服务队", 7, 22, "已开展"],
        ["H2", "2026-02-01", "没有登记的队", 5, 10, "已开展"],
        ["H3", "2026-03-01", "春晖服务队", 5, 40, "已取消"],
        ["H4", "2026-03-01", "春晖服务队", -5, 40, "已开展"],
    ]
    path = table(tmp_path / "活动.csv", HEADERS, rows)
    (report,) = take_in(path)
    assert (report.created, [item.row for item in report.rejected]) == (3, [5])
    known, unknown = Activity.objects.filter(state="held").order_by("number")
    assert (known.organization, known.team) == (team, "")
    assert (unknown.organization, unknown.team) == (None, "没有登记的队")
    values: dict[str, Any] = {item.figure.id: item.value for item in compute.compute_many(AS_OF)}
    assert (values["held"], values["served"]) == (2, 22)
    (again,) = take_in(path)
    assert (again.created, again.updated) == (0, 0)


def test_what_no_activity_can_be_is_refused() -> None:
    day = date(2026, 3, 1)
    rows = [{"day": day, "hours": 745}, {"day": day, "content": "长" * 301}, {"day": day, "hours": 744}]
    assert activities_refused(rows=rows) == {0: "activity.hours", 1: "activity.too_long"}
    assert {"activity.hours", "activity.too_long"} <= SENTENCES.keys()


def test_an_activity_was_held_unless_its_ledger_says_otherwise(cast: Cast) -> None:
    place = cast.places["community"].pk
    (pk,) = activity_record_many(actor=SYSTEM, rows=[{"day": date(2026, 3, 1), "place": place}])
    activity = Activity.objects.get(pk=pk)
    assert (activity.state, activity.place_id) == ("held", place)
    activity_record_many(actor=SYSTEM, rows=[{"id": pk, "state": "cancelled"}])
    activity_record_many(actor=SYSTEM, rows=[{"id": pk, "served": 4}])
    activity.refresh_from_db()
    assert (activity.state, activity.served, activity.day) == ("cancelled", 4, date(2026, 3, 1))
    assert Entry.objects.filter(operation="activity.record_many").count() == 3


def test_everybody_reads_and_importers_of_the_place_change(cast: Cast) -> None:
    place = cast.places["community"].pk
    (pk,) = activity_record_many(actor=SYSTEM, rows=[{"day": date(2026, 3, 1), "place": place}])
    activity = Activity.objects.select_related("place").get(pk=pk)
    assert list(record_type("activity").rows_for(cast.actors["outsider"])) == [activity]
    assert not may_change_activity(cast.actors["outsider"], activity)
    assert not may_change_activity(cast.actors["resident"], activity)


SIGNED: Final = ["服务日期", "活动名称", "人员编号", "姓名", "社区", "时长(小时)"]
OF_SERVICE: Final = {
    "day": "服务日期",
    "activity": "活动名称",
    "staff_number": "人员编号",
    "name": "姓名",
    "place.community": "社区",
    "hours": "时长(小时)",
}


def test_a_ledger_of_signatures_comes_in_once_and_earns_nothing(cast: Cast, tmp_path: Path) -> None:
    key = ["服务日期", "活动名称", "人员编号"]
    records = [{"type": "service_record", "columns": OF_SERVICE}]
    drawn = {"id": "signed", "signature": {"headers": key}, "required": SIGNED, "key": key, "records": records}
    figure = {"id": "times", "of": "service_record", "measure": {"sum": "minutes"}, "period": "cumulative"}
    added = {"imports": {"maps": [drawn]}, "figures": {"figures": [figure]}}
    content_apply(actor=SYSTEM, content=lambda held: {**held, **added})
    place = cast.places["community"].name
    rows: list[list[Any]] = [
        ["2026-03-01", "清扫楼道", "XJ01", "演示骑手甲", place, 1.5],
        ["2026-03-01", "清扫楼道", "XJ02", "演示骑手乙", place, 2],
        ["2026-03-01", "爱心理发", "XJ01", "演示骑手甲", place, 25],
    ]
    path = table(tmp_path / "签到.csv", SIGNED, rows)
    (report,) = take_in(path)
    assert (report.created, [item.code for item in report.rejected]) == (2, ["service.hours"])
    held = ServiceRecord.objects.order_by("pk")
    assert [(item.minutes, item.state, item.source_type, item.attested) for item in held] == [
        (90, "attested", "ledger", None),
        (120, "attested", "ledger", None),
    ]
    assert len({item.person_id for item in held}) == 2
    assert compute.compute_many(AS_OF)[0].value == 210
    (again,) = take_in(path)
    assert (again.created, again.updated) == (0, 0)
