"""Text messages through any gateway that takes an HTTPS POST: its address and fields are settings."""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from linli.core.secrets import normal_phone
from linli.messaging.channels import Undelivered

TIMEOUT_SECONDS: Final = 10
ANSWER_BYTES: Final = 20_000
PHONE_DIGITS: Final = range(7, 14)


class SmsGateway:
    """`LINLI_SMS_FIELDS` is a JSON object whose values may hold {phone} and {text}; sent as a form, or as JSON.

    A gateway answers 200 even when it refuses, so `LINLI_SMS_OK` is what an answer of success contains.
    """

    code = "sms"
    label = _("text message")

    def ready(self) -> bool:
        """Whether a gateway is set."""
        return bool(settings.SMS_URL)

    def takes(self, address: str) -> bool:
        """Whether this is a phone number."""
        number = normal_phone(address)
        return number.isdecimal() and len(number) in PHONE_DIGITS

    def send(self, address: str, text: str, opt_out: str = "") -> None:
        """Post the message. Raises Undelivered."""
        answer = _post(settings.SMS_URL, *_body(settings.SMS_FIELDS, normal_phone(address), text))
        if settings.SMS_OK and settings.SMS_OK not in answer:
            raise Undelivered(f"answer without {settings.SMS_OK!r}")


def _body(fields: Mapping[str, Any], phone: str, text: str) -> tuple[bytes, str]:
    filled = {name: str(value).replace("{phone}", phone).replace("{text}", text) for name, value in fields.items()}
    if settings.SMS_JSON:
        return json.dumps(filled, ensure_ascii=False).encode(), "application/json"
    return urlencode(filled).encode(), "application/x-www-form-urlencoded"


def _post(url: str, body: bytes, media_type: str) -> str:
    """The gateway's answer. What failed is told without the address, which may hold keys."""
    request = urllib.request.Request(
        url, data=body, headers={"Content-Type": f"{media_type}; charset=utf-8", **settings.SMS_HEADERS}, method="POST"
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:
            return str(answer.read(ANSWER_BYTES).decode("utf-8", "replace"))
    except urllib.error.HTTPError as error:
        raise Undelivered(f"HTTP {error.code}", permanent=400 <= error.code < 500 and error.code != 429) from error
    except OSError as error:
        raise Undelivered(type(error).__name__) from error
