"""A leader finds a figure and looks at the boards; a secretary answers an alert on the phone."""

from typing import Final

import pytest
from tests.journeys.walking import Check, Open, says

pytestmark = [pytest.mark.journey, pytest.mark.slow]
ALERT: Final = "小区三个组织未配齐 · 零五鑫港"


def test_a_leader_finds_a_figure_and_compares_units(visit: Open, accessible: Check) -> None:
    leader = visit("lingdao")
    leader.goto("/figures/")
    accessible(leader)
    leader.fill("main [name=words]", "办结率")
    leader.locator("main form[role=search] button").click()
    leader.wait_for_url("**words=*")
    leader.locator("main table a").filter(has_text="办结率").first.click()
    leader.wait_for_url("**/figures/matters.rate/**")
    says(leader, "分母")
    says(leader, "口径变更记录")
    accessible(leader)
    leader.goto("/figures/boards/overview/")
    says(leader, "同比")
    accessible(leader)
    leader.goto("/figures/boards/portrait/")
    leader.locator("main table a").first.click()
    leader.wait_for_url("**/figures/boards/portrait/?scope=*")
    accessible(leader)
    leader.goto("/alerts/rules/?try=organizations.short")
    says(leader, "没有写入")
    accessible(leader)


def test_a_secretary_answers_an_alert_on_the_phone(visit: Open, accessible: Check) -> None:
    secretary = visit("shuji", phone=True)
    secretary.locator("main a").filter(has_text=ALERT).first.click()
    secretary.wait_for_url("**/alerts/*/")
    alert = secretary.url
    says(secretary, "下一步")
    accessible(secretary)
    secretary.fill("main [name=note]", "已与两个小区商定组建时间")
    secretary.locator("main form[action$='/settle/'] button").click()
    secretary.wait_for_load_state()
    says(secretary, "已处理并说明")
    secretary.goto("/")
    assert secretary.locator("main a").filter(has_text=ALERT).count() == 0

    leader = visit("lingdao")
    leader.goto("/alerts/")
    accessible(leader)
    leader.goto(alert)
    says(leader, "已与两个小区商定组建时间")
    assert leader.locator("main form").count() == 0
    accessible(leader)
