"""What residents and grid workers do on a phone: from a poster to "me too", drafts, fifty reports without signal."""

import re
from pathlib import Path
from typing import Final

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect
from tests.journeys.walking import Check, Open

pytestmark = [pytest.mark.journey, pytest.mark.slow]
SOONER: Final = "const every = setInterval; window.setInterval = (call, wait) => every(call, wait / 40);"


def poster(desk: Page, place: str) -> str:
    """The short address on the poster of a place, found as the desk finds it."""
    desk.goto(f"/cases/posters/?q={place}")
    name = desk.locator("main a[href$='.pdf']").first.get_attribute("href") or ""
    told = desk.request.get(name).headers["content-disposition"]
    found = re.search(r"poster-(\w+)\.pdf", told)
    assert found, told
    return f"/public/r/{found[1]}/"


def send(page: Page) -> str:
    """Send the report; the receipt number follows."""
    page.locator("form#report button.btn-primary").click()
    page.wait_for_url("**/received/*/")
    return page.locator(".slip-value").first.inner_text()


def test_from_a_poster_with_a_photo_a_draft_and_me_too(visit: Open, accessible: Check, tmp_path: Path) -> None:
    address, phone = poster(visit("shequ"), "演示花苑"), visit(phone=True)
    phone.goto(address)
    phone.fill("#id_text", "单元门口路灯整夜不亮")
    phone.fill("#id_phone", "10012345678")
    # The browser is closed and opened again: the words are there, the number is not.
    phone.goto("/")
    phone.goto(address)
    expect(phone.locator("#id_text")).to_have_value("单元门口路灯整夜不亮")
    expect(phone.locator("#id_phone")).to_have_value("")
    expect(phone.locator("[data-draft-note]")).to_be_visible()
    picture = tmp_path / "big.png"
    Image.effect_noise((2600, 1900), 80).convert("RGB").save(picture)
    phone.set_input_files("#photos", [picture] * 2)
    expect(phone.locator("#photo-list img")).to_have_count(2)
    sizes = phone.locator("#photos").evaluate("field => [...field.files].map(file => file.size)")
    assert max(sizes) < picture.stat().st_size / 4
    accessible(phone)
    send(phone)
    accessible(phone)
    phone.goto(address)
    expect(phone.locator("#id_text")).to_have_value("")

    neighbour = visit(phone=True)
    neighbour.goto(address)
    neighbour.fill("#id_text", "门口路灯不亮")
    neighbour.locator("[name=joins]").first.check()
    accessible(neighbour)
    number = send(neighbour)
    expect(neighbour.locator(".alert-info")).to_be_visible()
    neighbour.goto(f"/public/cases/{number}/")
    accessible(neighbour)


def test_nothing_typed_is_lost_when_the_page_has_become_too_old(visit: Open) -> None:
    phone = visit(phone=True)
    phone.goto("/public/about-linli/")
    phone.fill("#id_text", "登录太慢")
    phone.context.clear_cookies()
    phone.locator("form#report button.btn-primary").click()
    expect(phone.locator("main[data-fault]")).to_be_visible()
    phone.goto("/public/about-linli/")
    expect(phone.locator("#id_text")).to_have_value("登录太慢")
    phone.locator("form#report button.btn-primary").click()
    phone.wait_for_url("**/received/*/")
    phone.goto("/public/about-linli/")
    expect(phone.locator("#id_text")).to_have_value("")


def test_fifty_reports_without_signal_arrive_once(visit: Open, accessible: Check) -> None:
    walker, desk = visit("wangge", phone=True), visit("shequ")
    # What the page tries again every twenty seconds it tries again twice a second here.
    walker.add_init_script(SOONER)
    walker.goto("/cases/patrol/")
    # One visit is enough: the page is kept as soon as the worker is there.
    kept = "() => caches.match('/cases/patrol/', { ignoreVary: true }).then(Boolean)"
    walker.wait_for_function(kept)
    accessible(walker)
    walker.context.set_offline(True)
    walker.goto("/cases/patrol/")
    for number in range(50):
        walker.fill("#id_text", f"巡查离线记录{number:02d}号")
        walker.select_option("#id_place", index=1)
        walker.locator("form[data-outbox] button.btn-primary").click()
        expect(walker.locator("[data-count]")).to_contain_text(f" {number + 1} ")
    walker.goto("/cases/")
    expect(walker.locator("main[data-fault]")).to_be_visible()
    walker.goto("/cases/patrol/")
    expect(walker.locator("[data-count]")).to_contain_text(" 50 ")

    # The signal is back, and breaks once more: the answers to some reports are lost on the way.
    lost: list[str] = []

    def lose(route: Route) -> None:
        route.fetch()
        lost.append(route.request.url)
        route.abort()

    walker.context.route("**/cases/patrol/outbox/", lose, times=3)
    walker.context.set_offline(False)
    expect(walker.locator("[data-outbox-state]")).to_be_hidden(timeout=120_000)
    assert len(lost) == 3
    desk.goto("/cases/?state=all&q=巡查离线记录")
    words = desk.locator("main").inner_text()
    found = re.findall(r"巡查离线记录(\d\d)号", words)
    assert sorted(found) == [f"{number:02d}" for number in range(50)]


def test_a_visitor_without_script_reports_and_follows(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    page.goto("/public/report/places/?q=演示花苑")
    page.locator("main a[href^='/public/r/']").first.click()
    page.fill("#id_text", "垃圾桶满了没人收")
    number = send(page)
    code = page.locator(".slip-value").nth(1).inner_text()
    context.clear_cookies()
    page.goto(f"/public/cases/?number={number}")
    page.fill("#code", code)
    page.locator("main form button").click()
    expect(page.locator("main")).to_contain_text("垃圾桶满了没人收")
    context.close()
