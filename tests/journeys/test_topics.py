"""A resident's topic through 四议两公开 to objections at its disclosure; one like it to the second disclosure."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.walking import Check, Open, fill, says

from linli.core import clock
from linli.deliberation.tests.topics import PDF

pytestmark = [pytest.mark.journey, pytest.mark.slow]
TITLE = "北门装一盏路灯"
LATE = "三个单元加装楼梯扶手"
PUBLIC = "/public/topics/130824001012/"


def test_a_residents_topic_is_decided_and_another_reaches_its_second_disclosure(visit: Open, accessible: Check) -> None:
    desk, phone, company = visit("shequ"), visit(phone=True), visit("wuye", phone=True)
    phone.goto(PUBLIC)
    accessible(phone)
    phone.click("main a[href$='/propose/']")
    accessible(phone)
    fill(phone, title=TITLE, text="晚上太黑。")
    phone.click("main form button[type=submit]")
    says(phone, "已经收到")

    desk.goto("/topics/")
    accessible(desk)
    desk.click(f"main a:has-text('{TITLE}')")
    desk.wait_for_url("**/topics/*/")
    accessible(desk)
    fill(desk, procedure="四议两公开")
    desk.click("main form button:has-text('启动程序')")
    _hold(desk, summary="支部提议。")
    numbers = {"due": "9", "came": "9", "votes_for": "5", "votes_against": "4", "abstained": "0"}
    _hold(desk, accessible, **numbers)
    notice = (clock.today() - timedelta(days=4)).isoformat()
    # Twenty of thirty come, and fifteen agree: not more than half of all.
    _hold(desk, **{**numbers, "due": "30", "came": "20", "votes_for": "15", "votes_against": "5", "notice_on": notice})
    says(desk, "15 / 30")
    _hold(desk, **{**numbers, "due": "30", "came": "20", "votes_for": "16", "votes_against": "4", "notice_on": notice})
    desk.set_input_files("#files", {"name": "记录.pdf", "mimeType": "application/pdf", "buffer": PDF})
    _hold(desk, **{**numbers, "due": "40", "came": "39", "votes_for": "38", "votes_against": "1"}, summary="装一盏。")
    fill(desk, text="决定在北门装一盏路灯。")
    desk.click("main form button:has-text('立即公开')")
    says(desk, "异议全部答复后")
    topic = desk.url

    phone.goto(topic.replace("/topics/", "/public/topics/") + "topic/")
    accessible(phone)
    fill(phone, text="会不会照到卧室?")
    phone.click("main form button:has-text('提交异议')")
    says(phone, "还有 1 条异议等待答复")
    desk.goto(topic)
    accessible(desk)
    fill(desk, text="灯头加遮光罩。")
    desk.click("main form button:has-text('答复')")
    phone.reload()
    says(phone, "灯头加遮光罩。")

    # Another was public long enough; its task is late, then done, and what was done is made public.
    company.goto("/")
    company.click("main a:has-text('装好扶手')")
    company.wait_for_url("**/topics/resolutions/*/**")
    accessible(company)
    company.fill("main [name='result']", "二十四米扶手已装好。")
    company.click("main form button:has-text('完成')")
    says(company, "已完成")
    desk.goto("/topics/")
    desk.click(f"main a:has-text('{LATE}')")
    desk.wait_for_url("**/topics/*/")
    desk.click("main form button:has-text('全部落实')")
    fill(desk, text="扶手已装好，支出六千元。")
    desk.click("main form button:has-text('立即公开')")
    says(desk, "公示到")
    accessible(desk)
    phone.goto(desk.url.replace("/topics/", "/public/topics/") + "topic/")
    phone.click(f"main a:has-text('实施结果公开：{LATE}')")
    says(phone, "支出六千元")


def _hold(page: Page, check: Check | None = None, **values: str) -> None:
    fill(page, **values)
    if check:
        check(page)
    page.click("main form button:has-text('记录这一步')")
    expect(page.locator("main [role=status]").first).to_contain_text("已记录")
