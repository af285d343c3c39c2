"""A leader writes a visit down on a phone with what came up; the community finds it, the office sees what is owed."""

import re

import pytest
from tests.journeys.walking import Check, Open, says

pytestmark = [pytest.mark.journey, pytest.mark.slow]
VISIT = re.compile(r"/contacts/visits/\d+/$")
WORDS = "小区东门台阶破损，雨天老人容易滑倒"


def test_a_leader_visits_and_what_came_up_is_dealt_with(visit: Open, accessible: Check) -> None:
    leader, desk, office = visit("lingdao", phone=True), visit("shequ"), visit("jiedao")
    leader.goto("/contacts/mine/")
    accessible(leader)
    leader.locator("main a.btn", has_text="走访").first.click()
    accessible(leader)
    # Place and day are filled in; one sentence is all that a visit asks for.
    leader.fill("#id_subject", "走访老旧楼院")
    leader.click("main form.card button[type=submit]")
    leader.wait_for_url(VISIT)
    accessible(leader)
    leader.fill("#id_text", WORDS)
    leader.click("form[action$='/raise/'] button[type=submit]")
    says(leader, "尚未解决")
    accessible(leader)

    # The community has it among its matters, and reads on its page who was there.
    desk.goto("/cases/")
    desk.locator("main a", has_text=WORDS[:8]).first.click()
    accessible(desk)
    desk.locator("main a", has_text="演示县领导").first.click()
    desk.wait_for_url(VISIT)
    accessible(desk)
    assert desk.locator("form[action$='/raise/']").count() == 0

    # The office names somebody where nobody answers, and sees by each one what is still owed.
    office.goto("/contacts/gaps/")
    accessible(office)
    office.locator("main a.btn", has_text="安排").last.click()
    accessible(office)
    office.select_option("#id_tier", "street_leader")
    office.fill("#id_name", "演示街道副主任")
    office.click("main form.card button[type=submit]")
    office.wait_for_url(re.compile(r"/contacts/\d+/$"))
    accessible(office)
    office.goto("/contacts/standing/?short=1")
    accessible(office)
    says(office, "演示街道副主任")
