"""A pasted message or work order is taken apart, its place guessed from the words, and taken in with one more press."""

from datetime import datetime

import pytest
from django.test import Client

from linli.cases.models import Case
from linli.cases.queries.nearby import places_in
from linli.cases.reading import read_message
from linli.cases.tests.test_pages import Enter, enter  # noqa: F401  the fixture
from linli.cases.tests.town import Town, place
from linli.core import clock

ORDER = """【12345热线工单】
工单编号：HL-260310-0042  办理时限：2026-03-11 12:00
来电人：王女士  联系电话：10012345678
事发地址：幸福小区3号楼
诉求内容：楼道灯坏了三天,
请尽快派人来修。
"""


def test_a_work_order_is_taken_apart() -> None:
    found = read_message(ORDER)
    assert found.register_number == "HL-260310-0042"
    assert found.given_due == datetime(2026, 3, 11, 12, tzinfo=clock.SHANGHAI)
    assert (found.reporter_name, found.phone, found.address) == ("王女士", "10012345678", "幸福小区3号楼")
    assert found.text == "楼道灯坏了三天,\n请尽快派人来修。"


@pytest.mark.parametrize(
    ("pasted", "text", "phone"),
    [
        ("李婶 10:32\n3号楼漏水了,电话100 1234 5678", "3号楼漏水了,电话〔电话略〕", "10012345678"),
        ("2026-03-10 09:11:12\n路灯不亮", "路灯不亮", ""),
        ("井盖坏了 +86 10012345678 快来", "井盖坏了 〔电话略〕 快来", "10012345678"),
        ("编号100123456789的井盖坏了", "编号100123456789的井盖坏了", ""),
        ("时间:晚上吵", "时间:晚上吵", ""),
        ("", "", ""),
    ],
)
def test_a_chat_message_loses_its_phone_and_its_time(pasted: str, text: str, phone: str) -> None:
    found = read_message(pasted)
    assert (found.text, found.phone) == (text, phone)


@pytest.mark.parametrize(
    ("said", "expected"),
    [("2026年3月11日", (3, 11, 17, 30)), ("2026/3/9 8时", (3, 9, 8, 0)), ("明天", None), ("2026-13-40", None)],
)
def test_deadlines_as_platforms_write_them(said: str, expected: tuple[int, ...] | None) -> None:
    due = read_message(f"办结时限：{said}\n内容：灯").given_due
    assert ((due.month, due.day, due.hour, due.minute) if due else None) == expected


def test_the_place_is_guessed_from_the_words(town: Town) -> None:
    other = place("平安小区", town.community, "compound", upper=town.grid)
    place("3号楼", other, "building")
    mine = place("3号楼", town.compound, "building")
    assert places_in("幸福小区3号楼漏水", town.desk)[0].pk == mine.pk
    assert places_in("远里社区漏水", town.desk) == []
    assert places_in("漏水", town.desk) == []


def test_a_pasted_order_becomes_a_matter_with_the_earlier_deadline(town: Town, enter: Enter) -> None:  # noqa: F811
    desk = enter("community_worker", town.community, town.office)
    page = desk.post("/cases/desk/read/", {"pasted": ORDER})
    assert not Case.objects.exists()
    assert 'action="/cases/desk/"' in page.content.decode()
    assert [item.pk for item in page.context["places"]] == [town.compound.pk]
    form = page.context["form"]
    values = {field.html_name: field.value() or "" for field in form}
    assert values["category"] == "lighting"
    sent = desk.post("/cases/desk/", {**values, "kind": "problem", "door": "paste", "place": town.compound.pk})
    assert sent.status_code == 302
    case = Case.objects.get()
    assert (case.door, case.source, case.register_number) == ("paste", "hotline", "HL-260310-0042")
    assert case.due == case.given_due == datetime(2026, 3, 11, 12, tzinfo=clock.SHANGHAI)
    assert "10012345678" not in case.text
    assert case.reporters.get().phone == "10012345678"


def test_only_the_desk_reads_pasted_texts(town: Town, enter: Enter) -> None:  # noqa: F811
    power = enter("department_handler", town.county, town.power)
    assert power.post("/cases/desk/read/", {"pasted": ORDER}).status_code == 404
    assert Client().post("/cases/desk/read/", {"pasted": ORDER}).status_code in (302, 404)
