"""A county brings in its streets, a community reads on the phone what its homes lack, and so does everybody."""

import pytest
from tests.journeys.walking import Check, Open, says

from linli.demo.circles import EAST, NORTH, streets

pytestmark = [pytest.mark.journey, pytest.mark.slow]


def test_what_is_within_a_walk(visit: Open, accessible: Check) -> None:
    office, desk, visitor = visit("xitong"), visit("shequ", phone=True), visit("", phone=True)
    office.goto("/circles/streets/")
    accessible(office)

    def hand_in(lines: list[list[tuple[float, float]]]) -> None:
        file = {"name": "演示新路网.geojson", "mimeType": "application/geo+json", "buffer": streets(lines)}
        office.set_input_files("#id_file", file)
        office.fill("#id_source", "演示测绘院")
        office.click("main form.card button[type=submit]")

    # Streets of elsewhere are refused with what to do next, and what was typed is still there.
    hand_in([[(118.9, 40.1), (118.9, 40.2)]])
    says(office, "请选择这份路网所属的地方")
    assert office.input_value("#id_source") == "演示测绘院"
    hand_in([[(lng, lat) for lng in EAST] for lat in NORTH] + [[(lng, lat) for lat in NORTH] for lng in EAST])
    office.wait_for_url("**/circles/*/")
    says(office, "演示测绘院")
    accessible(office)
    office.click("main a:has-text('桥东社区')")
    says(office, "演示新村")

    desk.goto("/circles/")
    says(desk, "健身场地")
    desk.select_option("#kind", label="菜市场")
    desk.click("main form button[type=submit]")
    says(desk, "可多服务")
    accessible(desk)
    visitor.goto("/public/circles/130824001012/")
    says(visitor, "菜市场")
    accessible(visitor)
