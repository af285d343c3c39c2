"""What the journeys need: the demo place served by the real server, a real browser, and the check with axe.

The server is started once for all journeys of a test process, the browser once for each file of journeys: while
Playwright runs, an event loop runs in the thread, and Django refuses its database to whatever test comes next.
"""

import os
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

from linli.demo.people import PASSWORD

DESKTOP: Final = (1366, 768)
PHONE: Final = (390, 844)
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome")
QUIET: Final = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SERIOUS: Final = ("serious", "critical")
# The demo place is built and the server started; on a slow machine both together take two minutes.
PATIENCE: Final = 240


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the demo place is served, by `linli serve` on a data folder of its own."""
    dropped = ("DATABASE", "LINLI_DATA", "LINLI_PRIVATE", "LINLI_SECRET", "LINLI_TESTING")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    data = str(tmp_path_factory.mktemp("journeys") / "data")
    # Administrators walk too, without an app for codes; the second factor has tests of its own.
    environment = {**kept, "LINLI_DATA": data, "LINLI_SECOND_FACTOR": "0"}
    linli = [sys.executable, "-m", "linli"]
    subprocess.run([*linli, "demo"], env=environment, check=True, timeout=PATIENCE, capture_output=True)
    port = _free_port()
    server = subprocess.Popen([*linli, "serve", "--port", str(port)], env=environment, stdout=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{url}/health/", server)
        yield url
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)
        subprocess.run([*linli, "stop"], env=environment, check=False, timeout=30, capture_output=True)


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
        found = axe.run(page).response["violations"]
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
