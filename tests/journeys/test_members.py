"""A member registers on the phone and tells of a turn-out; the desk confirms, the supervisor writes a pairing down."""

import re

import pytest
from playwright.sync_api import expect
from tests.journeys.walking import Check, Open, says

from linli.core import clock

pytestmark = [pytest.mark.journey, pytest.mark.slow]
HOUSEHOLD = "户-7F3K"


def test_a_member_registers_serves_and_helps_a_household(visit: Open, accessible: Check) -> None:
    member, desk, supervisor = visit("wangge", phone=True), visit("shequ"), visit("shuji")
    member.goto("/members/mine/")
    member.click("main a.btn-primary")
    accessible(member)
    member.fill("#id_name", "演示网格员")
    place = member.locator("#id_place option", has_text="零五鑫港").get_attribute("value")
    member.select_option("#id_place", place)
    member.fill("#id_unit", "演示中学")
    member.check("#id_consent")
    member.click("main form.card button[type=submit]")
    member.wait_for_url(re.compile(r"/members/mine/$"))
    accessible(member)
    member.select_option("#id_kind", label="助老服务")
    member.click("form[action$='/turn_out/'] button[type=submit]")
    says(member, "待确认")

    desk.goto("/members/turn-outs/")
    accessible(desk)
    row = desk.locator("tr", has_text="演示网格员").first
    row.locator("input[type=checkbox]").check()
    link = row.locator("a").get_attribute("href") or ""
    desk.locator("form.card button.btn-primary").click()
    expect(desk.locator("tr", has_text="演示网格员")).to_have_count(0)

    # Whoever supervises pairings writes down what the household answered; the desk does not see it.
    supervisor.goto(link)
    supervisor.locator("summary", has_text="已向住户提出结对").click()
    supervisor.fill("#answer_household", HOUSEHOLD)
    supervisor.click("form[action$='/pair/'] button")
    says(supervisor, HOUSEHOLD)
    accessible(supervisor)
    desk.goto(link)
    accessible(desk)
    expect(desk.locator("main")).not_to_contain_text(HOUSEHOLD)
    member.reload()
    says(member, HOUSEHOLD)
    says(member, "已确认")


def test_how_new_members_were_selected_is_written_down_in_numbers(visit: Open, accessible: Check) -> None:
    desk = visit("shequ")
    desk.goto("/members/numbers/")
    accessible(desk)
    desk.locator("section.card a", has_text=re.compile(r"^\d{4}$")).first.click()
    desk.fill("#id_considered", "6")
    desk.fill("#id_chosen", "3")
    desk.fill("#id_young", "2")
    desk.fill("#id_educated", "1")
    desk.fill("#id_by", "演示支部党员大会")
    desk.fill("#id_on", f"{clock.today()}")
    accessible(desk)
    desk.click("form[action$='/decide/'] button")
    says(desk, "演示支部党员大会")
