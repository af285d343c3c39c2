"""A joint meeting whose promise is late, residents who rate their courtyard meeting, and a squad of residents."""

import re

import pytest
from playwright.sync_api import expect
from tests.journeys.walking import Check, Open, fill, says

pytestmark = [pytest.mark.journey, pytest.mark.slow]
MEETING = re.compile(r"/meetings/(\d+)/$")
LATE = "清完三栋楼的楼道堆物"
COMMUNITY = "130824001012"
SQUAD = "夜间护路小分队"


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


def test_residents_rate_what_came_of_their_courtyard_meeting(visit: Open, accessible: Check) -> None:
    chair, first, second = visit("shuji"), visit(phone=True), visit(phone=True)
    chair.goto("/meetings/list/?q=晾衣杆")
    chair.locator("main a", has_text="楼下的灯和晾衣杆").first.click()
    accessible(chair)
    # Those who came photograph the address from the screen; each rates every subject once.
    address = chair.locator("section:has(#rating) a").inner_text()
    for phone, word in ((first, "满意"), (second, "不满意")):
        phone.goto(address)
        accessible(phone)
        pole = phone.locator("form", has_text="公共晾衣杆歪了")
        pole.get_by_role("button", name=word, exact=True).click()
        expect(pole).to_contain_text("您已评议")
        expect(pole.get_by_role("button")).to_have_count(0)
    chair.reload()
    item = chair.locator("li", has_text="公共晾衣杆歪了")
    # Of two in the middle the worse one holds, and the counts stand beside it.
    expect(item).to_contain_text("居民评议：不满意（满意 1 · 基本满意 0 · 不满意 1）")
    chair.click("form[action$='/approve/'] button[type=submit]")
    expect(chair.locator(".steps-line [aria-current=step]")).to_contain_text("纪要已审定")
    first.goto(address)
    expect(first.locator("main form")).to_have_count(0)
    first.goto("/public/meetings/")
    first.locator("main a", has_text="院坝会").first.click()
    accessible(first)
    says(first, "居民评议：不满意")


def test_residents_form_a_squad_that_acts_by_its_address(visit: Open, accessible: Check) -> None:
    chair, desk, phone = visit("shuji"), visit("shequ"), visit(phone=True)
    phone.goto(f"/public/squads/{COMMUNITY}/")
    accessible(phone)
    phone.click("main a[href$='/propose/']")
    accessible(phone)
    phone.select_option("main [name=place]", index=1)
    fill(phone, name=SQUAD, topic="夜间出行", purpose="晚上九点后轮流走一圈，灯坏了就报。", people="6")
    phone.click("main form button[type=submit]")
    phone.wait_for_url("**/public/squads/own/*/")
    accessible(phone)
    own = phone.url

    chair.goto("/squads/")
    accessible(chair)
    chair.locator("main a", has_text=SQUAD).first.click()
    accessible(chair)
    chair.click("main form[action$='/agree/'] button[type=submit]")
    says(chair, SQUAD)
    squad = chair.url

    # Whoever has the address records a session and asks for materials; nobody signs in.
    phone.goto(own)
    accessible(phone)
    session = phone.locator("form:has(input[value=session])")
    session.locator("[name=attended]").fill("5")
    session.locator("[name=served]").fill("30")
    session.locator("button[type=submit]").click()
    phone.wait_for_load_state()
    need = phone.locator("form:has(input[value=need])")
    need.locator("[name=what]").fill("手电筒六个")
    need.locator("button[type=submit]").click()
    says(phone, "手电筒六个")

    desk.goto(squad)
    need = desk.locator("li", has_text="手电筒六个")
    need.locator("[name=answer]").fill("六个都给。")
    need.locator("button[type=submit]").first.click()
    accessible(desk)
    phone.goto(own)
    says(phone, "六个都给。")
    visitor = visit(phone=True)
    visitor.goto(squad.replace("/squads/", "/public/squads/") + "squad/")
    says(visitor, SQUAD)
    accessible(visitor)
