"""Another program for the tests of webhooks, and how it is told."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_network
from typing import Any

import pytest

from linli.api import webhooks
from linli.api.announcing import announce, send_due
from linli.cases.tests.town import Town, actor
from linli.core.sealing import entries_seal


class Receiver(HTTPServer):
    """Another program of the tests: keeps what it is sent, and answers as it is told."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.got: list[tuple[str, dict[str, str], bytes]] = []
        self.status = 200

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook?x=1"

    def bodies(self) -> list[dict[str, Any]]:
        return [json.loads(content) for _path, _headers, content in self.got]


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        server: Any = self.server
        content = self.rfile.read(int(self.headers["Content-Length"]))
        server.got.append((self.path, dict(self.headers), content))
        self.send_response(server.status)
        if 300 <= server.status < 400:
            self.send_header("Location", f"http://127.0.0.1:{server.server_port}/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self) -> None:
        self.do_POST()

    def log_message(self, *_rest: Any) -> None:
        """Say nothing."""


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    settings.WEBHOOK_NETWORKS = [ip_network("127.0.0.0/8")]
    server = Receiver()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def administrator(town: Town) -> Any:
    return actor("xitong", "system_administrator", town.county)


def make(town: Town, address: str = "https://example.org/hook", *wants: str, **fields: Any) -> webhooks.Made:
    values = {"name": "热线", "place": town.county, "home": "https://linli.test/", **fields}
    made = webhooks.webhook_make(actor=administrator(town), address=address, wants=wants or ["every"], **values)
    return made


def tell() -> int:
    """Seal as a restore does, for this test's transaction is still open; then read and send."""
    while entries_seal(alone=True):
        pass
    announce()
    return send_due()
