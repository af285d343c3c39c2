"""A trainer puts down who came; a worker enters a certificate on a phone, and somebody else verifies it."""

import re

import pytest
from tests.journeys.walking import Check, Open, says

from linli.core import clock

pytestmark = [pytest.mark.journey, pytest.mark.slow]
SESSION = re.compile(r"/workforce/sessions/\d+/$")
CREDENTIAL = re.compile(r"/workforce/credentials/\d+/$")
NUMBER = "演示-3000"


def test_who_came_is_put_down_and_a_certificate_counts_once_verified(visit: Open, accessible: Check) -> None:
    trainer, worker = visit("jiedao"), visit("shequ", phone=True)
    trainer.goto("/workforce/sessions/new/")
    accessible(trainer)
    trainer.fill("#id_title", "网格巡查实务")
    trainer.fill("#id_since", f"{clock.today()}")
    trainer.click("main form.card button[type=submit]")
    trainer.wait_for_url(SESSION)
    accessible(trainer)
    trainer.click("main a[href$='/people/']")
    accessible(trainer)
    trainer.locator("fieldset", has_text="演示社区干部").locator("input[value=came]").check()
    trainer.locator("main form[method=post] button.btn-primary").click()
    trainer.wait_for_url(SESSION)
    says(trainer, "演示社区干部")

    worker.goto("/workforce/")
    says(worker, "网格巡查实务")
    accessible(worker)
    worker.click("main a[href='/workforce/credentials/new/']")
    accessible(worker)
    worker.fill("#id_number", NUMBER)
    worker.fill("#id_issued", "2025-06-01")
    worker.click("main form.card button[type=submit]")
    worker.wait_for_url(CREDENTIAL)
    accessible(worker)
    assert worker.locator("form[action$='/verify/']").count() == 0

    trainer.goto("/workforce/credentials/?state=entered")
    accessible(trainer)
    trainer.goto(worker.url)
    accessible(trainer)
    trainer.click("form[action$='/verify/'] button")
    worker.reload()
    says(worker, "已核验")
    trainer.goto("/workforce/gaps/")
    accessible(trainer)
