"""The main job, walked in a browser: from a resident's phone to the figure; the whistle; the second return."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.walking import Check, Open, fill, open_case, says, send, step

pytestmark = [pytest.mark.journey, pytest.mark.slow]
NUMBER = re.compile(r"\d{12,}")


def report(page: Page, check: Check, place: str, text: str) -> tuple[str, str]:
    """Report on a phone in three steps; returns the receipt number and the code."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/public/report/")
    page.fill("textarea[name=text]", text)
    page.locator("#find").press_sequentially(place)
    page.locator("#places label").filter(has_text=place).first.click()
    check(page)
    page.locator("form#report button[type=submit]").first.click()
    page.wait_for_url("**/received/**")
    check(page)
    assert not [url for url in asked if "phone" in url or "csrf" in url], (
        "personal values and tokens stay out of addresses"
    )
    number, code = page.locator(".slip-value").all_inner_texts()
    return number, code


def figure(page: Page, name: str) -> float:
    """The value that the figure book shows."""
    page.goto(f"/figures/{name}/")
    shown = page.locator("main").inner_text()
    found = re.search(r"(\d[\d,]*(?:\.\d+)?)\s*(?:件|%)", shown)
    assert found, shown[:300]
    return float(found[1].replace(",", ""))


def test_from_a_phone_to_the_figure(visit: Open, accessible: Check) -> None:
    desk, department, resident = visit("shequ"), visit("chengguan"), visit(phone=True)
    before = figure(desk, "matters"), figure(desk, "matters.solved"), figure(desk, "ratings.answered")
    text = "二小区南门花坛里堆了装修垃圾,三天没人管"
    number, code = report(resident, accessible, "演示二小区", text)

    open_case(desk, "装修垃圾")
    accessible(desk)
    step(desk, "accept", accessible, category="环境卫生")
    step(desk, "dispatch", accessible, lead_id="县城市管理综合执法局")

    open_case(department, "装修垃圾")
    accessible(department)
    step(department, "take")
    step(department, "finish", accessible, result="今天上午清走装修垃圾一车,花坛已补种。", outcome="已解决")

    # Another phone, the number and the code from the slip.
    later = visit(phone=True)
    later.goto("/public/cases/")
    fill(later, number=number, code=code)
    accessible(later)
    later.locator("main form button[type=submit]").first.click()
    later.wait_for_url(f"**/{number}/")
    says(later, "今天上午清走装修垃圾一车")
    accessible(later)
    later.locator("form[action$='/confirm/'] button").click()

    open_case(desk, "装修垃圾")
    step(desk, "close", answer="已办结,谢谢您。")
    later.goto(f"/public/cases/{number}/")
    fill(later, solved="解决了", satisfied="很满意")
    later.locator("form[action$='/rate/'] button[type=submit]").click()
    expect(later.locator("form[action$='/rate/']")).to_have_count(0)

    after = figure(desk, "matters"), figure(desk, "matters.solved"), figure(desk, "ratings.answered")
    assert after == tuple(value + 1 for value in before)
    accessible(desk)


def test_a_whistle_from_the_call_to_both_ratings(visit: Open, accessible: Check) -> None:
    desk, department, resident = visit("shequ"), visit("chengguan"), visit(phone=True)
    report(resident, accessible, "演示一小区", "一小区西墙外占道摊点堵了消防通道,劝了多次")
    open_case(desk, "占道摊点")
    step(desk, "accept", category="消防设施")
    step(desk, "whistle", accessible, departments=["县城市管理综合执法局"], kind="一般", text="请到场一起清理占道摊点")
    open_case(department, "占道摊点")
    department.locator("a[href$='/report_in/']").click()
    send(department)
    expect(department.locator("a[href$='/report_in/']")).to_have_count(0)
    open_case(desk, "占道摊点")
    desk.locator("a[href$='/resolve/']").click()
    send(desk, accessible, text="联合清理占道摊点七处,消防通道恢复。")
    desk.locator("a[href$='/rate_department/']").click()
    send(desk, stars="5")
    open_case(department, "占道摊点")
    department.locator("a[href$='/rate_caller/']").click()
    send(department, accessible, stars="4")
    expect(department.locator("a[href$='/rate_caller/']")).to_have_count(0)


def test_the_second_return_goes_to_the_arbiter(visit: Open, accessible: Check) -> None:
    desk, city, water, arbiter = visit("shequ"), visit("chengguan"), visit("gongshui"), visit("jiedao")
    report(visit(phone=True), accessible, "演示家园", "家园3号楼前井盖响,夜里车一压就响")
    open_case(desk, "井盖响")
    step(desk, "accept", category="其他")
    step(desk, "dispatch", lead_id="县城市管理综合执法局")
    open_case(city, "井盖响")
    step(city, "return", accessible, reason="井盖属供水管网,不归本局", proposed_id="县供水公司")
    open_case(desk, "井盖响")
    step(desk, "dispatch", lead_id="县供水公司")
    open_case(water, "井盖响")
    step(water, "return", reason="井盖为雨水井,不是供水井", proposed_id="县城市管理综合执法局")

    arbiter.goto("/")
    says(arbiter, "井盖响")
    accessible(arbiter)
    open_case(arbiter, "井盖响")
    step(arbiter, "arbitrate", accessible, lead_id="县城市管理综合执法局", reason="雨水井由城管部门养护")
    says(arbiter, "县城市管理综合执法局")
    open_case(city, "井盖响")
    step(city, "take")
    says(city, "办理中")
