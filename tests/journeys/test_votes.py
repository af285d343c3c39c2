"""Owners decide about their lift, online with a code and on paper that two people enter, to the published result."""

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.walking import Check, Open

pytestmark = [pytest.mark.journey, pytest.mark.slow]
TITLE = "1号楼电梯大修使用维修资金"


def test_owners_vote_online_and_on_paper_and_everybody_reads_the_result(visit: Open, accessible: Check) -> None:
    desk, second, phone = visit("shequ"), visit("shuji"), visit(phone=True)
    desk.goto("/polls/")
    accessible(desk)
    desk.click(f"main a:has-text('{TITLE}')")
    desk.wait_for_url("**/polls/*/")
    accessible(desk)
    page = desk.url
    desk.goto(f"{page}electorate/")
    accessible(desk)

    # The paper that waits is entered by another person, and the next one by both.
    _enter(desk, page, "15", "同意", accessible)
    _enter(second, page, "16", "反对")
    _enter(desk, page, "16", "同意")
    expect(desk.locator("main [role=status]")).to_contain_text("不一致")

    # The rest of the owners vote on the phone with the code on their slips.
    for number in ("11", "17", "18", "19"):
        code = _code(desk, page, number)
        _vote(phone, page, code, accessible if number == "11" else None)
    phone.goto(page.replace("/polls/", "/public/polls/"))
    phone.fill("#id_code", code)
    phone.click("main form button[type=submit]")
    expect(phone.locator("main [role=status]")).to_contain_text("已经投过票")

    # Two read the last paper differently: without the third nothing is counted, and it goes on.
    third = visit("jiedao")
    _enter(third, page, "16", "同意")
    desk.goto(page)
    expect(desk.locator("main")).to_contain_text("19 / 19")
    desk.click("text=截止并计票")
    desk.wait_for_load_state()
    accessible(desk)
    desk.click("main form button:has-text('公布结果')")
    desk.wait_for_load_state()

    phone.goto(page.replace("/polls/", "/public/polls/"))
    accessible(phone)
    expect(phone.locator("main")).to_contain_text("应参加19人，实际参加19人。")
    expect(phone.locator("main .tone-green").filter(has_text="通过")).to_be_visible()
    with phone.expect_download() as download:
        phone.click("main a[href$='count.json']")
    assert download.value.suggested_filename.endswith("count.json")
    desk.goto("/polls/new/")
    accessible(desk)


def _enter(page: Page, poll: str, number: str, choice: str, check: Check | None = None) -> None:
    page.goto(f"{poll}papers/")
    if check:
        check(page)
    page.fill("#id_number", number)
    page.click(f"main label.form-check:has-text('{choice}')")
    page.click("main form button:has-text('录入')")
    page.wait_for_load_state()


def _code(page: Page, poll: str, number: str) -> str:
    page.goto(poll)
    page.fill("#id_code_number", number)
    page.click("main button:has-text('打印投票码')")
    page.wait_for_url("**/codes/")
    return page.locator("main .slip .font-monospace").inner_text()


def _vote(page: Page, poll: str, code: str, check: Check | None) -> None:
    page.goto(poll.replace("/polls/", "/public/polls/"))
    if check:
        check(page)
    page.fill("#id_code", code)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/vote/")
    if check:
        check(page)
    page.click("main label.form-check:has-text('同意')")
    page.click("main form button[type=submit]")
    expect(page.locator("main [role=status]")).to_contain_text("投票成功")
    if check:
        check(page)
