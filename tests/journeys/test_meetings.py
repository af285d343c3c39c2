"""A joint meeting is planned and held; a promise made before is late, stands on its agenda, and is done at last."""

import re

import pytest
from playwright.sync_api import expect
from tests.journeys.walking import Check, Open, says

pytestmark = [pytest.mark.journey, pytest.mark.slow]
MEETING = re.compile(r"/meetings/(\d+)/$")
LATE = "清完三栋楼的楼道堆物"


def test_a_joint_meeting_whose_commitment_is_late(visit: Open, accessible: Check) -> None:
    desk, chair, unit = visit("shequ"), visit("shuji"), visit("wuye", phone=True)
    desk.goto("/meetings/")
    accessible(desk)
    says(desk, LATE)

    # The unit finds what it owes on its list, and says that it is not done yet.
    unit.goto("/")
    unit.locator("main a", has_text=LATE).first.click()
    accessible(unit)
    unit.fill("#text", "两栋已清完，剩一栋。")
    unit.click("button[formaction$='/report/']")
    says(unit, "两栋已清完，剩一栋。")
    promise = unit.url

    desk.goto("/meetings/series/")
    accessible(desk)
    desk.locator("main a", has_text="四方联席会议").first.click()
    accessible(desk)
    desk.locator("main a[href*='/meetings/new/']").click()
    accessible(desk)
    desk.fill("#id_title", "楼道和停车")
    desk.evaluate("document.querySelector('#id_on').valueAsDate = new Date()")
    desk.click("main form.card button[type=submit]")
    desk.wait_for_url(MEETING)
    # What was promised before and is overdue stands on the agenda by itself.
    says(desk, LATE)
    desk.fill("#text", "临时停车怎么停")
    desk.click("form[action$='/add/'] button[type=submit]")
    says(desk, "临时停车怎么停")
    desk.click("form[action$='/invite/'] button")
    accessible(desk)

    desk.fill("#people", "11")
    desk.click("form[action$='/hold/'] button[type=submit]")
    desk.locator("select[name=result]").select_option("delegated")
    desk.locator("textarea[name=decision]").fill("物业公司划线")
    desk.click("form[action$='/conclude/'] button[type=submit]")
    desk.select_option("#organization", label="演示安居物业公司")
    desk.fill("#promise", "一周内划线")
    desk.click("form[action$='/commit/'] button[type=submit]")
    accessible(desk)
    expect(desk.locator("#words")).to_have_value(re.compile("临时停车怎么停.*物业公司划线.*一周内划线", re.S))
    desk.click("form[action$='/minute/'] button[type=submit]")

    chair.goto(desk.url)
    chair.click("form[action$='/approve/'] button[type=submit]")
    expect(chair.locator(".steps-line [aria-current=step]")).to_contain_text("纪要已审定")
    accessible(chair)

    unit.goto(promise)
    unit.fill("#text", "三栋全部清完，照片已交社区。")
    unit.locator("form[action$='/keep/'] .btn-primary").click()
    says(unit, "逾期完成")
    desk.goto("/meetings/commitments/?state=done_late")
    accessible(desk)
    says(desk, LATE)
    for address in ("/meetings/list/", "/meetings/relations/?type=organization_pairing", "/meetings/relations/1/"):
        desk.goto(address)
        accessible(desk)
    visitor = visit(phone=True)
    visitor.goto("/public/meetings/")
    accessible(visitor)
    visitor.locator("section:has(#forums) a").first.click()
    visitor.fill("#id_text", "楼下能不能装长椅")
    visitor.click("main form button[type=submit]")
    visitor.wait_for_url("**/public/proposals/*/")
    accessible(visitor)
