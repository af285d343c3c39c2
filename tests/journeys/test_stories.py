"""A desk writes of a neighbour who consented; somebody else publishes it; the consent is taken back, and it is gone."""

import re

import pytest
from playwright.sync_api import Page
from tests.journeys.walking import Check, Open, says

pytestmark = [pytest.mark.journey, pytest.mark.slow]
STORY = re.compile(r"/stories/\d+/$")
NAME = "演示送餐人"


def test_a_neighbour_is_told_of_and_takes_it_back(visit: Open, accessible: Check) -> None:
    desk, secretary = visit("shequ"), visit("shuji", phone=True)
    desk.goto("/stories/")
    accessible(desk)
    desk.click("a[data-key-new]")
    accessible(desk)
    desk.fill("#id_title", "三年送餐不断")
    desk.fill("#id_subject", "楼栋志愿者")
    desk.click("main form.card button[type=submit]")
    desk.wait_for_url(STORY)
    desk.click("summary")
    desk.fill("#id_name", NAME)
    desk.fill("#id_words", "每天中午给独居老人送餐")
    desk.click("form[action$='/tell/'] button")
    says(desk, NAME)
    accessible(desk)

    secretary.goto(desk.url)
    accessible(secretary)
    secretary.click("form[action$='/publish/'] button")
    reader: Page = visit("jumin", phone=True)
    reader.goto("/public/stories/")
    accessible(reader)
    reader.click("text=三年送餐不断")
    says(reader, NAME)
    accessible(reader)

    desk.reload()
    desk.click("form[action$='/withdraw/'] button")
    assert reader.reload() is not None
    assert NAME not in reader.inner_text("body")
