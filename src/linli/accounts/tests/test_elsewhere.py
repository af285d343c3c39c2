"""Signing in through another server: off unless set, then a button that leads there, and a resident's account."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from linli.accounts.models import User
from linli.accounts.queries import actor_of
from linli.core.models import Entry

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


class Server(BaseHTTPRequestHandler):
    """An OpenID Connect server of the tests: its discovery, its tokens and whom it vouches for."""

    def do_GET(self) -> None:
        base = f"http://{self.headers['Host']}"
        if self.path.startswith("/.well-known"):
            self._say(
                {
                    "issuer": base,
                    "authorization_endpoint": f"{base}/authorize",
                    "token_endpoint": f"{base}/token",
                    "userinfo_endpoint": f"{base}/me",
                    "jwks_uri": f"{base}/keys",
                }
            )
        else:
            self._say({"sub": "u-1", "name": "王平"})

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._say({"access_token": "t", "token_type": "Bearer"})

    def _say(self, answer: dict[str, str]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *_rest: Any) -> None:
        """Say nothing."""


@pytest.fixture
def server(settings: Any) -> Iterator[str]:
    running = HTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{running.server_port}"
    app = {
        "provider_id": "oidc",
        "name": "统一认证",
        "client_id": "linli",
        "secret": "s",
        "settings": {"server_url": url},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    yield url
    running.shutdown()
    running.server_close()


def test_without_settings_there_is_no_other_way_in(client: Client) -> None:
    page = client.get(LOGIN).content.decode()
    assert "/oidc/" not in page
    assert "weixin" not in page
    assert client.post("/accounts/oidc/oidc/login/").status_code == 404


def test_openid_connect_leads_there_and_back_into_a_residents_account(client: Client, server: str) -> None:
    page = client.get(LOGIN).content.decode()
    assert "统一认证" in page
    assert 'action="/accounts/oidc/oidc/login/?process=login"' in page
    there = client.post("/accounts/oidc/oidc/login/?process=login")
    assert there.status_code == 302
    assert there["Location"].startswith(f"{server}/authorize?")
    state = parse_qs(urlparse(there["Location"]).query)["state"][0]
    back = client.get("/accounts/oidc/oidc/login/callback/", {"code": "c", "state": state})
    assert back.status_code == 302
    user = User.objects.get(pk=SocialAccount.objects.get(uid="u-1").user_id)
    assert (user.display_name, user.has_usable_password(), user.person_id) == ("王平", False, None)
    assert actor_of(user).abilities == frozenset()
    assert client.session["_auth_user_id"] == str(user.pk)
    assert Entry.objects.filter(operation="account.register", subject_id=user.pk).count() == 1
    again = Client()
    there = again.post("/accounts/oidc/oidc/login/?process=login")
    state = parse_qs(urlparse(there["Location"]).query)["state"][0]
    again.get("/accounts/oidc/oidc/login/callback/", {"code": "c", "state": state})
    assert again.session["_auth_user_id"] == str(user.pk)
    assert User.objects.count() == 1


def test_wechat_leads_to_its_own_page(client: Client, settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = {"weixin": {"APPS": [{"client_id": "wx1", "secret": "s", "name": "微信"}]}}
    assert 'action="/accounts/weixin/login/?process=login"' in client.get(LOGIN).content.decode()
    there = client.post("/accounts/weixin/login/?process=login")
    assert there.status_code == 302
    where = urlparse(there["Location"])
    assert where.hostname == "open.weixin.qq.com"
    assert parse_qs(where.query)["appid"] == ["wx1"]
