"""Administration of the profile: forms, text, exact faults, versions, codes that retire, and who may."""

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from linli.accounts.testing import Cast
from linli.core.actors import SYSTEM, VISITOR
from linli.core.errors import InvalidInput, NotAllowed, NotFound, Stale
from linli.core.models import CalendarDay, Entry
from linli.organizations.models import Organization
from linli.records import forms, profiles
from linli.records.models import ProfileVersion
from linli.records.operations import sections
from linli.records.operations.profiles import content_faults, retiring
from linli.records.sections import PlaceSection
from linli.records.tests.test_import_pages import signed_in

pytestmark = pytest.mark.django_db
PLACE = "name: 清河县邻里\nroot: '990901'\n"


@pytest.fixture(autouse=True)
def folder(settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = False


def apply(name: str, text: str) -> int:
    return sections.section_apply(actor=SYSTEM, name=name, text=text, version=profiles.current().version).version


def test_a_form_changes_a_section_after_showing_the_change(cast: Cast, client: Client) -> None:
    signed_in(cast, client)
    page = client.get(reverse("records:section_form", args=["place"]))
    sent = {item.path: item.value for block in page.context["blocks"] for item in block.inputs}
    before = ProfileVersion.objects.count()
    shown = client.post(reverse("records:section_form", args=["place"]), sent | {"filing_number": "云ICP备1号"})
    proposal = shown.context["proposal"]
    assert (proposal.faults, proposal.diff[-1]) == ([], "+filing_number: 云ICP备1号")
    assert ProfileVersion.objects.count() == before
    data = {"text": shown.context["text"], "version": str(proposal.version), "note": "备案"}
    assert client.post(reverse("records:section_apply", args=["place"]), data).status_code == 302
    assert profiles.content_in_force()["place"] == {**sent_place(sent), "filing_number": "云ICP备1号"}
    entry = Entry.objects.filter(operation="profile.apply").latest("id")
    assert (entry.actor, entry.facts["changed"]) == (cast.actors["system_administrator"].key, ["place"])
    stale = client.post(reverse("records:section_apply", args=["place"]), {**data, "text": PLACE})
    assert (stale.status_code, stale.context["fault"].code) == (409, "profile.stale")


def sent_place(sent: dict[str, str]) -> dict[str, str]:
    return {key: sent[key] for key in ("name", "name_en", "root")}


def test_a_form_sent_unchanged_changes_nothing(cast: Cast, client: Client) -> None:
    signed_in(cast, client)
    apply("grids", "levels:\n- {code: '1', label: 一级网格, also: [大网格, 甲], households_from: 3}\n")
    for name in profiles.sections():
        page = client.get(reverse("records:section_form", args=[name]))
        rows = [row for block in page.context["blocks"] for row in (block.inputs, *block.rows)]
        fields = [item for row in rows for item in row]
        sent = {item.path: item.value for item in fields if item.path and not (item.kind == "flag" and not item.value)}
        shown = client.post(reverse("records:section_form", args=[name]), sent)
        assert (name, shown.context["proposal"].diff, shown.context["proposal"].faults) == (name, [], [])


def test_a_table_of_the_form_takes_a_new_row_and_an_emptied_one_retires(cast: Cast) -> None:
    apply("grids", "levels:\n- {code: '1', label: 一级网格}\n- {code: '2', label: 二级网格, label_en: second}\n")
    held = profiles.content_in_force()["grids"]
    schema = profiles.sections()["grids"]
    sent = {"levels.0.code": "", "levels.1.code": "2", "levels.1.label": "单元", "levels.2.code": "3"}
    sent |= {"levels.2.label": "楼道", "levels.2.also": "楼道、单元楼", "levels.3.code": ""}
    data = forms.posted(schema, held, sent)
    assert data["levels"][0]["label"] == "单元"
    assert data["levels"][1] == {"code": "3", "label": "楼道", "also": ["楼道", "单元楼"]}
    kept = retiring(held, data)["levels"]
    assert [(item["code"], item.get("retired", False)) for item in kept] == [("2", False), ("3", False), ("1", True)]
    assert content_faults({"grids": retiring(held, data)}) == []


def words_needed(annotation: Any, seen: set[type]) -> Iterator[str]:
    """Every key and every code to choose below a type."""
    yield from forms._choices(annotation)
    group = forms._group(annotation)
    if group and group not in seen:
        seen.add(group)
        for key, item in group.model_fields.items():
            yield item.alias or key
            yield from words_needed(item.annotation, seen)
    for inner in get_args(annotation):
        if not isinstance(inner, str):
            yield from words_needed(inner, seen)


DRAWN = sorted(
    name for name in profiles.sections().keys() - {"figures", "imports"} if profiles.section_info(name).words
)


@pytest.mark.parametrize("name", DRAWN)
def test_every_field_of_a_form_has_a_word(name: str) -> None:
    """Figures and import maps are languages of their own, written as text and read on their own pages."""
    info = profiles.section_info(name)
    known = {*info.words, *forms.WORDS, *forms.UNITS}
    assert set(words_needed(profiles.sections()[name], set())) <= known
    drawn = forms.blocks(info, profiles.sections()[name], info.built_in())
    assert all(head for block in drawn for head in block.heads)
    named = [block for block in drawn if block.key]
    assert all(block.label != block.key for block in named)


def test_a_platform_is_a_group_with_a_table_of_its_own() -> None:
    name, schema = "cases", profiles.sections()["cases"]
    info = profiles.section_info(name)
    held = info.built_in()
    drawn = {block.key: block for block in forms.blocks(info, schema, held)}
    assert [row[0].value for row in drawn["platforms.0"].rows][:2] == ["工单编号", "承办单位"]
    assert drawn["platforms.1"].rows
    assert not any(item.value for item in drawn["platforms.1"].inputs)
    fields = [item for block in drawn.values() for row in (block.inputs, *block.rows) for item in row if item.path]
    sent = {item.path: item.value for item in fields if item.kind != "flag" or item.value}
    assert forms.posted(schema, held, sent) == held
    last = len(held["platforms"][0]["columns"])
    sent |= {"platforms.0.columns.0.header": "单号", f"platforms.0.columns.{last}.header": "区划"}
    sent |= {f"platforms.0.columns.{last}.words": "安和县", "platforms.0.columns.1.header": ""}
    sent |= {"platforms.1.code": "city", "platforms.1.label": "市民信箱", "platforms.1.columns.0.header": "编号"}
    sent |= {"platforms.1.columns.0.field": "number", "platforms.1.columns.1.header": ""}
    sent |= {"steps.off": "whistle、defer", "steps.names": "dispatched：已转办、done:办好了"}
    data = forms.posted(schema, held, sent)
    first, second = data["platforms"]
    assert (first["columns"][0]["header"], first["columns"][1]["field"]) == ("单号", "state")
    assert first["columns"][-1] == {"header": "区划", "words": "安和县"}
    assert (second["code"], second["columns"]) == ("city", [{"header": "编号", "field": "number"}])
    assert data["steps"] == {"off": ["whistle", "defer"], "names": {"dispatched": "已转办", "done": "办好了"}}
    assert content_faults({"cases": data}) == []
    again = {item.path: item.value for block in forms.blocks(info, schema, data) for item in block.inputs}
    assert again["steps.names"] == "dispatched:已转办、done:办好了"


def test_codes_are_chosen_by_their_words_and_unknown_ones_stay(cast: Cast, client: Client) -> None:
    apply(
        "cases",
        "arbiter: nobody\npowers:\n- {category: lighting, type: department}\ndeadlines: {urgent: {amount: 1}}\n",
    )
    signed_in(cast, client)
    shown = client.get(reverse("records:section_form", args=["cases"])).context["blocks"]
    fields = {item.path: item for block in shown for row in (block.inputs, *block.rows) for item in row}
    arbiter = fields["arbiter"]
    assert (arbiter.kind, arbiter.value, arbiter.choices[0]) == ("choice", "nobody", ("nobody", "nobody"))
    assert "street_officer" in dict(arbiter.choices)
    assert fields["powers.0.type"].shown == dict(Organization.Type.choices)["department"]
    page = client.get(reverse("records:section", args=["cases"])).context["blocks"]
    read = {item.path: item.value for block in page for row in (block.inputs, *block.rows) for item in row}
    assert (read["deadlines.urgent.amount"], read["deadlines.normal.amount"]) == ("1", "5")
    assert (fields["categories.0.deadline.amount"].value, fields["categories.0.deadline.unit"].value) == ("", "")
    assert "categories.0.deadline.unit" not in read
    (powers,) = (block for block in page if block.key == "powers")
    assert [len(powers.heads), *(item.value for item in powers.rows[0])] == [3, "lighting", "lead", "department"]


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("name: x\nroot: '99'\nshape: round\n", 3, "shape"),
        ("name: x\nlevels:\n- {code: a, label: b, length: many}\n", 3, "levels.0.length"),
        ("name: x\n  root: y\n", 2, ""),
        ("- a\n- b\n", 1, ""),
        ("name: !!python/object:os.system x\nlogo: zz\n", 2, "logo"),
    ],
)
def test_faults_name_line_and_key(cast: Cast, client: Client, text: str, line: int, key: str) -> None:
    signed_in(cast, client)
    before = ProfileVersion.objects.count()
    page = client.post(reverse("records:section_text", args=["place"]), {"text": text})
    faults = page.context["proposal"].faults
    assert (line, key) in [(fault.line, fault.key) for fault in faults]
    with pytest.raises(InvalidInput, match=r"profile\.faulty"):
        apply("place", text)
    assert ProfileVersion.objects.count() == before


def test_back_to_an_earlier_version_keeps_codes_as_retired(cast: Cast, client: Client) -> None:
    first = apply("place", PLACE)
    apply("grids", "levels:\n- {code: '1', label: 一级网格}\n")
    signed_in(cast, client).post(reverse("records:version_restore", args=[first]))
    held = profiles.content_in_force()
    assert profiles.current().version > first + 1
    assert "grids" not in held or held["grids"]["levels"][0]["retired"] is True
    assert client.get(reverse("records:version", args=[first])).context["latest"] is False
    lines = client.get(reverse("records:versions")).context["lines"]
    assert lines[0][1] == cast.actors["system_administrator"].label
    with pytest.raises(NotFound):
        sections.version_restore(actor=SYSTEM, version=10**9)


def test_two_who_change_at_once_do_not_overwrite_each_other(cast: Cast) -> None:
    version = profiles.current().version
    sections.section_apply(actor=SYSTEM, name="place", text=PLACE, version=version)
    with pytest.raises(Stale, match=r"profile\.stale"):
        sections.section_apply(actor=SYSTEM, name="place", text="name: 别的\n", version=version)


ROUTES: list[tuple[str, list[Any]]] = [
    ("records:settings", []),
    ("records:versions", []),
    ("records:calendar", []),
    ("records:section", ["place"]),
    ("records:section_form", ["place"]),
    ("records:section_text", ["place"]),
]


@pytest.mark.parametrize(("name", "arguments"), ROUTES)
@pytest.mark.parametrize("role", ["community_worker", "leader", "security_administrator", "auditor"])
def test_only_the_system_administrator_knows_the_pages(
    cast: Cast, client: Client, role: str, name: str, arguments: list[Any]
) -> None:
    assert signed_in(cast, client, role).get(reverse(name, args=arguments)).status_code == 404


@pytest.mark.parametrize(("name", "arguments"), ROUTES)
def test_the_system_administrator_opens_them_in_few_queries(
    cast: Cast, client: Client, name: str, arguments: list[Any], django_assert_max_num_queries: Any
) -> None:
    signed_in(cast, client).get(reverse(name, args=arguments))
    with django_assert_max_num_queries(16):
        assert client.get(reverse(name, args=arguments)).status_code == 200


def test_nobody_else_applies(cast: Cast, client: Client) -> None:
    with pytest.raises(NotAllowed, match=r"profile\.not_allowed"):
        sections.section_apply(actor=VISITOR, name="place", text=PLACE, version=0)
    with pytest.raises(NotAllowed, match=r"profile\.not_allowed"):
        sections.version_restore(actor=cast.actors["security_administrator"], version=1)
    answer = signed_in(cast, client, "leader").post(reverse("records:section_apply", args=["place"]), {"text": PLACE})
    assert answer.status_code == 404
    assert signed_in(cast, client).get(reverse("records:section", args=["nothing"])).status_code == 404


def test_a_day_of_the_calendar_is_said_once(cast: Cast, client: Client) -> None:
    signed_in(cast, client)
    address = reverse("records:calendar")
    for working in ("rest", "work"):
        assert client.post(address, {"day": "2031-02-03", "working": working, "name": "调休"}).status_code == 302
    day = CalendarDay.objects.get(day="2031-02-03")
    assert (day.working, day.name) == (True, "调休")
    page = client.get(address, {"year": "2031"})
    assert [warning.year for warning in page.context["unknown"]] == [2031]
    assert client.post(address, {"day": "", "working": "rest"}).context["form"].errors["day"]


@pytest.mark.parametrize(
    "text",
    [
        "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)),
        "name: &a [*a]\n",
        "name: " + "[" * 900,
        "name:\n " + "- " * 900,
        "name: " + "[" * 45 + "]" * 45,
        'name: "\\0"\n',
        'name: "\\ud800"\n',
        "name: .inf\n",
        "name: " + "x" * 600_000,
        "name: !!python/object/apply:os.system ['id']\n",
        "name: a\nname: b\n",
    ],
)
def test_a_text_that_is_made_to_hurt_is_one_fault_more(cast: Cast, client: Client, text: str) -> None:
    signed_in(cast, client)
    shown = client.post(reverse("records:section_text", args=["place"]), {"text": text})
    assert shown.status_code == 200
    assert shown.context["proposal"].faults
    data = {"text": text, "version": str(profiles.current().version)}
    assert client.post(reverse("records:section_apply", args=["place"]), data).status_code == 400


def test_the_model_and_the_component_above_are_chosen_by_their_names(cast: Cast, client: Client) -> None:
    components = [
        "- {model: doorstep, code: nets, label: 五大网络}",
        "- {model: doorstep, code: police, label: 警务网, within: nets}",
    ]
    apply("models", "\n".join(["models:", "- {code: doorstep, label: 家门口党建}", "components:", *components, ""]))
    signed_in(cast, client)
    shown = client.get(reverse("records:section_form", args=["models"])).context["blocks"]
    fields = {item.path: item for block in shown for row in (block.inputs, *block.rows) for item in row}
    model, within = fields["components.1.model"], fields["components.1.within"]
    assert (model.kind, model.value, model.shown) == ("choice", "doorstep", "家门口党建")
    assert (within.kind, within.value, dict(within.choices)) == ("choice", "nets", {"nets": "五大网络"})


def test_a_version_is_one_of_its_database(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every database numbers its versions from 1; what is remembered of another one's does not hold here."""
    version = apply("place", PLACE)
    monkeypatch.setattr(profiles, "_cached", ("another", profiles.Profile(version, profiles.parse({}))))
    assert profiles.current().section(PlaceSection).root == "990901"
