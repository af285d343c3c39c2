"""A campaign from its plan to its report: the street plans, the community works on a phone, what came of it is read."""

import re
from datetime import timedelta

import pytest
from tests.journeys.walking import Check, Open, says

from linli.core import clock

pytestmark = [pytest.mark.journey, pytest.mark.slow]
CAMPAIGN = re.compile(r"/campaigns/\d+/$")


def test_from_a_plan_to_what_came_of_it(visit: Open, accessible: Check) -> None:
    street, desk = visit("jiedao"), visit("shequ", phone=True)
    street.goto("/campaigns/")
    accessible(street)
    street.locator("main a.btn", has_text="制定行动").click()
    accessible(street)
    street.fill("#id_title", "非机动车停放整治")
    street.fill("#id_until", f"{clock.today() + timedelta(days=30)}")
    street.click("main form.card button[type=submit]")
    street.wait_for_url(CAMPAIGN)
    street.fill("#title", "划定车位")
    street.click("form[action$='/item/'] button[type=submit]")
    says(street, "划定车位")
    street.select_option("#place", index=1)
    street.select_option("#each", "compound")
    street.click("form[action$='/places/'] button[type=submit]")
    street.click("form[action$='/begin/'] button[type=submit]")
    says(street, "进行中")
    accessible(street)

    desk.goto("/campaigns/")
    accessible(desk)
    desk.locator("main a", has_text="非机动车停放整治").first.click()
    accessible(desk)
    desk.locator("main th a").first.click()
    desk.click("form[action$='/mark/'] button[value=done]")
    says(desk, "已完成")
    desk.fill("#text", "车棚门锁坏了")
    desk.click("form[action$='/find/'] button[type=submit]")
    says(desk, "车棚门锁坏了")
    desk.click("form[action$='/rectify/'] button:has-text('转为诉求')")
    desk.locator("main a", has_text="诉求").first.wait_for()
    accessible(desk)

    visitor = visit()
    visitor.goto("/public/campaigns/")
    accessible(visitor)
    visitor.locator("main a", has_text="冬季消防通道清理行动").click()
    accessible(visitor)
