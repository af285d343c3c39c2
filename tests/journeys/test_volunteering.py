"""Volunteers and points: a resident becomes one, a roster comes in with its progress shown, points are redeemed."""

import csv
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import expect
from tests.journeys.walking import Check, Open, fill, says

pytestmark = [pytest.mark.journey, pytest.mark.slow]
HOME: Final = "零五鑫港社区居民委员会"
TEAM: Final = "演示社区邻里互助队"
SHOP: Final = "演示爱心积分超市"
TISSUES: Final = "抽纸"
ROWS: Final = 6_000


def test_a_resident_becomes_a_volunteer_and_joins_a_team(visit: Open, accessible: Check) -> None:
    resident, desk = visit("jumin", phone=True), visit("shequ")
    resident.goto("/volunteering/mine/")
    accessible(resident)
    resident.click("main a[href$='/mine/register/']")
    accessible(resident)
    given = {"name": "演示新志愿者", "phone": "10000000301", "place": HOME, "born": "1988-08-08"}
    fill(resident, **given, skills=["理发"], times=["周末上午"], consent="我同意")
    resident.click("main form.card button[type=submit]")
    resident.wait_for_url("**/volunteering/mine/")
    says(resident, "已注册")
    accessible(resident)

    # They ask for a team, and the desk takes them in; on the roster the phone is masked.
    resident.goto("/volunteering/teams/")
    accessible(resident)
    resident.click(f"main a:has-text('{TEAM}')")
    accessible(resident)
    resident.click("main form[action$='/ask/'] button")
    says(resident, "等待队伍负责人答复")
    desk.goto(resident.url)
    accessible(desk)
    desk.locator("main form[action$='/accept/'] button").first.click()
    desk.goto("/volunteering/?q=10000000301")
    says(desk, "100****0301")
    accessible(desk)
    resident.reload()
    says(resident, "您是这支队伍的队员")


def test_the_roster_is_imported_with_progress(visit: Open, accessible: Check, tmp_path: Path) -> None:
    path = tmp_path / "注册志愿者名册.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        lines = csv.writer(stream)
        lines.writerow(("志愿者编号", "姓名", "手机号码", "社区(村)", "注册日期", "状态"))
        for number in range(ROWS):
            lines.writerow((f"YS{number:06d}", "演示某", f"1001{number:07d}", HOME, "2025-06-01", "已注册"))
    desk = visit("shequ")
    desk.goto("/imports/")
    desk.set_input_files("#files", path)
    desk.locator("form[action$='/imports/upload/'] button").click()
    desk.wait_for_url("**/imports/uploads/*/")
    accessible(desk)
    desk.locator("button[value=import]").click()
    # The page counts while the worker works.
    expect(desk.locator("main [role=progressbar], main progress").first).to_be_visible(timeout=60_000)
    result = desk.locator("main a.list-group-item")
    expect(result).to_have_count(1, timeout=180_000)
    accessible(desk)
    result.click()
    says(desk, f"新增{ROWS}")


def test_points_are_redeemed_at_the_counter(visit: Open, accessible: Check) -> None:
    desk, resident = visit("shequ"), visit("jumin", phone=True)
    resident.goto("/shop/mine/")
    accessible(resident)
    resident.click(f"main a:has-text('{SHOP}')")
    resident.wait_for_url("**/public/shops/*/shop/")
    accessible(resident)
    resident.locator("main li", has_text=TISSUES).locator("button[type=submit]").click()
    resident.wait_for_url("**/shop/mine/")
    accessible(resident)
    code = resident.locator("main section", has_text=TISSUES).locator("p.display-5").inner_text()

    # The counter looks at what the code stands for, and hands it over once.
    desk.goto("/shop/")
    accessible(desk)
    desk.click(f"main section:has-text('{SHOP}') a.btn")
    desk.wait_for_url("**/counter/")
    accessible(desk)
    desk.fill("#code", code)
    desk.click("main form button[type=submit]")
    says(desk, TISSUES)
    accessible(desk)
    desk.click("main form button[type=submit]")
    desk.wait_for_url("**/counter/?done=*")
    says(desk, "已交付")
    accessible(desk)
    desk.fill("#code", code)
    desk.click("main form button[type=submit]")
    says(desk, "已交付")
    resident.reload()
    expect(resident.locator("main")).not_to_contain_text(code)
