"""What the journeys need: the demo place served by the real server, a real browser, and the check with axe.

The server is started once for all journeys of a test process, the browser once for each file of journeys: while
Playwright runs, an event loop runs in the thread, and Django refuses its database to whatever test comes next.
"""

import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from tests.journeys.walking import Check, Open

from linli.core.testing.databases import Stand
from linli.core.testing.demo import DemoPlace
from linli.demo.people import PASSWORD

DESKTOP: Final = (1366, 768)
PHONE: Final = (390, 844)
# The first has no windows, and needs half the time.
BROWSERS: Final = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
QUIET: Final = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Every rule is asked; of those that hold nothing is told, and no way to the element is worked out.
AXE: Final = {"resultTypes": ["violations"], "selectors": False}
SERIOUS: Final = ("serious", "critical")
# The server has its place built already; on a slow machine it still takes a minute to start.
PATIENCE: Final = 240


@pytest.fixture(scope="session")
def address(demo_place: DemoPlace, database_stand: Stand) -> Iterator[str]:
    """Where the demo place is served, by `linli serve` on a copy of its own."""
    name = f"{demo_place.database}_walked"
    url = database_stand.clone(name, demo_place.database)
    # Administrators walk too, without an app for codes; the second factor has tests of its own.
    environment = {**demo_place.environment(url), "LINLI_SECOND_FACTOR": "0"}
    port = _free_port()
    command = [sys.executable, "-m", "linli", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{address}/health/", server)
        yield address
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)
        database_stand.drop(name)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; where there is none, the journeys are skipped."""
    program = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip("no Chromium here (Debian: chromium); the journeys are not walked")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        yield started
        started.close()


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Open]:
    """Open a page as somebody: `visit("shequ")` at a desk, `visit(phone=True)` as a visitor with a phone."""
    contexts = []

    def open_as(who: str = "", *, phone: bool = False) -> Page:
        width, height = PHONE if phone else DESKTOP
        context = browser.new_context(
            base_url=address, locale="zh-CN", has_touch=phone, viewport={"width": width, "height": height}
        )
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        if who:
            page.goto("/accounts/login/")
            page.fill("input[name=login]", who)
            page.fill("input[name=password]", PASSWORD)
            page.click("main button[type=submit]")
            page.wait_for_url(f"{address}/")
        return page

    yield open_as
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def accessible() -> Check:
    """Fail where axe finds something serious on a page, naming the page, the rule and the element."""
    axe = Axe()

    def check(page: Page) -> None:
        found = axe.run(page, options=AXE).response["violations"]
        told = [
            f"{page.url} {fault['id']}: {fault['nodes'][0]['html'][:160]}"
            for fault in found
            if fault["impact"] in SERIOUS
        ]
        assert told == []

    return check


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(url: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert server.poll() is None, "the server ended by itself"
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.3)
    raise AssertionError(f"no answer from {url}")
