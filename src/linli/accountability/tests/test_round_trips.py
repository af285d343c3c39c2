"""What was exported can be imported again and changes nothing, for every record type that knows both ways (R22)."""

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from pytest_django import Settings

from linli.accounts.testing import Cast
from linli.cases.models import Case
from linli.contacts.operations.ledgers import contact_record_many
from linli.core.actors import SYSTEM
from linli.deliberation.operations.funds import Opening, fund_account_open
from linli.mediation.operations.ledgers import mediation_record_many
from linli.organizations.operations.recording import organization_record_many
from linli.records import lists
from linli.records.operations.profiles import content_apply
from linli.records.tests.sampling import table, take_in
from linli.records.types import Column, RecordType, record_type, record_types
from linli.secondments.operations.ledgers import secondment_record_many
from linli.territory.operations.recording import facility_record_many
from linli.volunteering.operations.ledgers import volunteer_record_many
from linli.volunteering.operations.project_ledgers import project_record_many
from linli.workforce.operations.ledgers import session_record_many

pytestmark = pytest.mark.django_db
BOTH = sorted(kind.code for kind in record_types() if kind.write and kind.visible)
BY_TYPE = {
    "text": "甲",
    "name": "甲乙",
    "date": "2026-03-02",
    "datetime": "2026-03-02 09:00",
    "whole": "3",
    "number": "12.5",
    "flag": "是",
    "list": "甲、乙",
    "organization": "",
}
# Where a sample value by its type would say something else: what ends is over, and a name is a name of its own.
OWN: dict[str, str] = {
    "until": "",
    "name": "来回样本",
    "title": "来回样本",
    "expires": "2026-06-01",
    "crosses": "",
    "validity": "",
}
# Where one type would refuse the value that its columns have elsewhere: by type and column.
OF_TYPE: dict[tuple[str, str], str] = {
    # More votes cannot be given than people voted, of whom there are three elsewhere.
    ("poll", "heads"): "9",
    ("poll", "present"): "9",
    # Who answers is of a tier of the place's.
    ("contact", "tier"): "县级领导",
    # A matter came up through somebody who answers for a place here.
    ("contact_matter", "case_number"): "来回事项",
    ("contact_matter", "staff_number"): "LH0001",
    # A kind is one of the place's, and only what sits by days has a number of them.
    ("meeting", "kind"): "居民会议",
    ("meeting_series", "kind"): "居民会议",
    ("meeting_series", "rhythm"): "每隔若干天",
    # What else comes of an item comes with the meeting that spoke about it, in the same row.
    ("agenda_item", "result"): "不予列入",
    # An old book is of an account that is here, from before it began.
    ("fund_entry", "account"): "来回账户",
    ("fund_entry", "day"): "2025-12-31",
    # A term has both its days.
    ("body_founding", "until"): "2029-03-02",
    # Who belongs to a team is a volunteer of the roster, and what is claimed is a project that is here.
    ("volunteer", "ended"): "",
    ("team_membership", "number"): "来回志愿者",
    ("team_membership", "team"): "来回志愿队",
    ("team_membership", "lead"): "否",
    ("service_project", "stage"): "孵化成功",
    ("service_project", "kind"): "服务品牌",
    ("project_claim", "project"): "来回微项目",
    ("project_claim", "organization"): "来回志愿队",
    ("support_record", "organization"): "来回书画社",
    # Who came, came to a training that is here; it does not end before it begins.
    ("training_attendance", "session"): "来回培训",
    # One comes up one rung, a talent is of a category of the place, and an allowance lies within its band.
    ("promotion", "from_rung"): "社区工作者",
    ("promotion", "to_rung"): "社区委员",
    ("promotion", "steps"): "",
    ("talent_entry", "category"): "老教师",
    ("talent_entry", "consent"): "是",
    ("allowance_rule", "kind"): "职业资格津贴",
    ("allowance_rule", "amount"): "200",
    # Sessions and agreements are of a mediation that is here.
    ("mediation_session", "mediation"): "来回调解",
    ("mediation_agreement", "mediation"): "来回调解",
    # A term has a role of the place; months and transfers are of a term that is here, and a month has so many days.
    ("secondment", "role"): "驻村干部",
    ("secondment", "staff_number"): "来回选派一",
    ("secondment", "phone"): "10000009901",
    ("secondment", "planned_end"): "2027-03-02",
    ("secondment", "post"): "",
    ("secondment", "reason"): "",
    ("secondment_transfer", "secondment"): "来回选派",
    ("secondment_transfer", "since"): "2026-01-01",
    ("secondment_month", "secondment"): "来回选派",
    ("secondment_month", "name"): "甲乙",
    ("secondment_month", "month"): "2026-03-01",
    ("review", "secondment"): "来回选派",
    ("review", "name"): "甲乙",
    ("review", "period"): "2026-Q1",
    # What a household declined was not visited.
    ("pairing", "declined"): "",
    # What was pushed may have gone to no group that is here.
    ("information_item", "group"): "",
    # A year has four digits.
    ("membership_round", "year"): "2026",
    # Rooms, supplies and what is cleared lie in a facility that is here; only what was removed frees space.
    ("room", "facility"): "来回阵地",
    ("supply_item", "facility"): "来回阵地",
    ("clearing_item", "facility"): "来回阵地",
    ("clearing_item", "freed_m2"): "",
    # Either a member helps, or somebody who works there.
    ("pairing", "staff_number"): "",
}
# Which part of the territory the place of a row is, and by which column a division is known.
PARTS = {"building": "place.compound", "property_contract": "place.compound", "grid": "place.community"}
KNOWN_BY_NAME = "division"


@pytest.fixture(autouse=True)
def place(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    dimension = [{"code": "added_here", "label": "另加", "type": "flag"}]
    added = {kind.code: dimension for kind in record_types() if kind.write and kind.extensible}
    content_apply(actor=SYSTEM, content=lambda held: {**held, "dimensions": {"added": added}})
    community, office = cast.places["community"].pk, cast.bodies["community_office"].pk
    account = Opening(community, office, OF_TYPE["fund_entry", "account"], date(2026, 1, 1))
    fund_account_open(actor=SYSTEM, opening=account)
    facility_record_many(actor=SYSTEM, rows=[{"name": OF_TYPE["room", "facility"], "place": community}])
    volunteering_begun(cast)
    leader = {"name": "丙丁", "staff_number": "LH0001", "tier": "county_leader", "since": date(2026, 1, 5)}
    contact_record_many(actor=SYSTEM, rows=[{**leader, "place": community}])
    place = cast.places["community"]
    day = date(2026, 3, 1)
    solved = {"state": "done", "imported": True, "outcome": "resolved", "closed_on": day}
    Case.objects.create(number="来回事项", source="contact", place=place, received_on=day, **solved)
    mediated = {"number": OF_TYPE["mediation_session", "mediation"], "place": community, "received": date(2026, 3, 1)}
    mediation_record_many(actor=SYSTEM, rows=[mediated])
    term = {"staff_number": OF_TYPE["secondment_month", "secondment"], "name": "甲乙", "role": "seconded_official"}
    secondment_record_many(actor=SYSTEM, rows=[{**term, "place": community, "since": date(2026, 1, 1)}])
    trained = {"number": OF_TYPE["training_attendance", "session"], "title": "讲座", "since": date(2026, 3, 1)}
    session_record_many(actor=SYSTEM, rows=[trained])


def volunteering_begun(cast: Cast) -> None:
    """A volunteer, a team, a society and a micro-project, which other rows name."""
    community = cast.places["community"].pk
    organization_record_many("volunteer_team")(actor=SYSTEM, rows=[{"name": "来回志愿队", "place": community}])
    organization_record_many("social_organization")(actor=SYSTEM, rows=[{"name": "来回书画社", "place": community}])
    person = {"number": "来回志愿者", "name": "甲乙", "registered": date(2026, 3, 1), "place": community}
    volunteer_record_many(actor=SYSTEM, rows=[person])
    project = {"number": "来回微项目", "name": "书架", "kind": "micro", "proposed": date(2026, 3, 1)}
    project_record_many(actor=SYSTEM, rows=[{**project, "place": community}])


def sample(cast: Cast, kind: RecordType, column: Column) -> str:
    """A plausible cell: the second word of a choice, so that a default cannot stand in for it."""
    if column.type == "place":
        where = {"building": "compound", "property_contract": "compound"}.get(kind.code, "community")
        return cast.places[where].name if column.code == "place" else ""
    if kind.code == KNOWN_BY_NAME and column.code in ("name", "code"):
        return str(getattr(cast.places["community"], column.code))
    if (kind.code, column.code) in OF_TYPE:
        return OF_TYPE[kind.code, column.code]
    if column.choices:
        return str(column.choices[min(1, len(column.choices) - 1)][1])
    return OWN.get(column.code, BY_TYPE.get(column.type, "乙类"))


def drawn(kind: RecordType, headers: dict[str, str]) -> dict[str, Any]:
    """The import map of a file in the layout of the export."""
    columns: dict[str, str] = {}
    for column in lists.exported_columns(kind):
        if column.type == "place":
            if column.code == "place" and kind.code != KNOWN_BY_NAME:
                columns[PARTS.get(kind.code, "place.community")] = headers[column.code]
        elif column.lookup.split("__")[-1] != "none":
            columns[column.code] = headers[column.code]
    if kind.code == KNOWN_BY_NAME:
        columns["place.community"] = headers["name"]
    first = next(iter(headers.values()))
    record = {"type": kind.code, "columns": columns}
    return {"id": "round", "signature": {"headers": [first]}, "key": [first], "records": [record]}


def exported(kind: RecordType, pks: list[int]) -> str:
    return b"".join(lists.export_csv(kind, kind.rows().filter(pk__in=pks))).decode("utf-8-sig")


def values(kind: RecordType, pks: list[int]) -> list[dict[str, Any]]:
    """Everything that the rows hold, but for how often they were written."""
    rows = kind.rows().filter(pk__in=pks).order_by("pk").values()
    return [{name: value for name, value in row.items() if name != "version"} for row in rows]


@pytest.mark.parametrize("code", BOTH)
def test_an_exported_file_imported_again_changes_nothing(cast: Cast, tmp_path: Path, code: str) -> None:
    kind = record_type(code)
    with translation.override("zh-hans"):
        columns = lists.exported_columns(kind)
        headers = {column.code: lists.header(column) for column in columns}
        assert len(set(headers.values())) == len(headers), "two columns of the export have the same heading"
        content_apply(actor=SYSTEM, content=lambda held: {**held, "imports": {"maps": [drawn(kind, headers)]}})
        before = set(kind.rows().values_list("pk", flat=True))
        cells = [sample(cast, kind, column) for column in columns]
        (first,) = take_in(table(tmp_path / "first.csv", list(headers.values()), [cells]))
        assert [(item.code, item.message) for item in first.rejected] == []
        held = list(set(kind.rows().values_list("pk", flat=True)) - before)
        pks = held or [cast.places["community"].pk]
        text, was = exported(kind, pks), values(kind, pks)
        (path := tmp_path / "again.csv").write_text(text, "utf-8-sig")
        (again,) = take_in(path)
        assert [(item.code, item.message) for item in again.rejected] == []
        assert (again.created, kind.rows().count()) == (0, len(before | set(pks)))
        assert values(kind, pks) == was
        assert exported(kind, pks) == text
    (line,) = list(csv.DictReader(io.StringIO(text)))
    given = dict(zip(headers, cells, strict=True))
    lost = [name for name, value in given.items() if value and not line[headers[name]]]
    assert lost == [], "came in and did not come out"
