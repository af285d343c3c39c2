"""A community forms a joint team and sees whom it lacks; its lead calls by phone, and a member says that they come."""

import re
from datetime import timedelta

import pytest
from tests.journeys.walking import Check, Open, fill, says

from linli.core import clock

pytestmark = [pytest.mark.journey, pytest.mark.slow]
TEAM = re.compile(r"/teams/\d+/$")
NAME = "演示联建二队"


def test_a_team_forms_around_a_task_and_calls(visit: Open, accessible: Check) -> None:
    desk, lead, member = visit("shequ"), visit("shuji", phone=True), visit("wangge", phone=True)
    desk.goto("/teams/")
    accessible(desk)
    desk.click("[data-key-new]")
    end = clock.today() + timedelta(days=30)
    fill(desk, kind="联建队伍", name=NAME, task="清理楼道杂物", lead="演示社区书记", planned_end=f"{end}")
    accessible(desk)
    desk.click("main form[data-draft] button[type=submit]")
    desk.wait_for_url(TEAM)
    says(desk, "网格员：缺1名")
    accessible(desk)
    desk.locator("summary", has_text="增加队员").click()
    fill(desk, people=["演示网格员", "演示物业经办人"])
    desk.click("form[action*='/join/'] button")
    desk.goto("/teams/short/")
    accessible(desk)
    says(desk, NAME)

    # The lead finds it in the inbox, and calls.
    lead.goto("/messages/")
    lead.locator("main li", has_text=NAME).locator("button").first.click()
    lead.wait_for_url(TEAM)
    accessible(lead)
    lead.locator("summary", has_text="召集队员").click()
    form = lead.locator("form[action$='/call/']")
    form.locator("[name=what]").fill("清运楼道杂物")
    form.locator("[name=venue]").fill("1号楼前")
    form.locator("[name=on]").fill(f"{clock.today() + timedelta(days=2)}")
    form.locator("[name=starts]").fill("15:00")
    form.locator("button").click()
    says(lead, "0人参加")

    member.goto("/messages/")
    member.locator("main li", has_text=NAME).locator("button").first.click()
    member.wait_for_url(TEAM)
    accessible(member)
    member.locator("form[action$='/answer/'] button[value=yes]").click()
    says(member, "您已答复参加")
    lead.reload()
    says(lead, "1人参加")
    says(lead, "演示网格员")

    lead.locator("summary", has_text="写明结果并解散").click()
    lead.locator("form[action$='/dissolve/'] textarea").fill("楼道清空了")
    lead.locator("form[action$='/dissolve/'] button").click()
    says(lead, "已解散")
    says(lead, "楼道清空了")
