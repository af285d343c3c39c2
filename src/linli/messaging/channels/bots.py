"""Robots of WeCom, DingTalk and Feishu, and e-mail, all through apprise."""

import re
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from linli.messaging.channels import Undelivered

# The key of a robot as its group shows it; nothing that could turn into another address or option.
KEY: Final = re.compile(r"[A-Za-z0-9_-]{16,128}")
# What no address of one person holds: signs that would add options to the server's address, and those by which a
# mail program reads one address as several.
NO_ADDRESS: Final = frozenset('?&#/%+ ",;:<>()[]\\')
# What a mail program posts to the address in the header.
ONE_CLICK: Final = "List-Unsubscribe=One-Click"


def notify(url: str, text: str) -> None:
    """Hand a text to one service by its address. Raises Undelivered."""
    import apprise  # slow to load, and needed only here

    sender = apprise.Apprise()
    if not sender.add(url):
        raise Undelivered("address not understood", permanent=True)
    if not sender.notify(body=text, body_format=apprise.NotifyFormat.TEXT):
        raise Undelivered("the service did not take it")


@dataclass(frozen=True, slots=True)
class Robot:
    """The robot of a group chat; one's address is the key that the group gave it."""

    code: str
    label: Any
    scheme: str

    def ready(self) -> bool:
        """Off where nothing may leave the house for outside services."""
        return self.code in settings.ROBOTS

    def takes(self, address: str) -> bool:
        """Whether this is a robot's key."""
        return KEY.fullmatch(address) is not None

    def send(self, address: str, text: str, opt_out: str = "") -> None:
        """Say it in the group. Raises Undelivered."""
        notify(f"{self.scheme}://{address}", text)


class Mail:
    """E-mail through the server in `LINLI_MAIL_URL`, an apprise address without the receiver."""

    code = "email"
    label = _("e-mail")

    def ready(self) -> bool:
        """Whether a mail server is set."""
        return bool(settings.MAIL_URL)

    def takes(self, address: str) -> bool:
        """Whether this is one mail address, and nothing that could add options to the server's, or more receivers."""
        try:
            validate_email(address)
        except ValidationError:
            return False
        return not set(address) & NO_ADDRESS

    def send(self, address: str, text: str, opt_out: str = "") -> None:
        """Mail it; a mail program can opt out of what carries an address for that (RFC 8058). Raises Undelivered."""
        joint = "&" if "?" in settings.MAIL_URL else "?"
        headers = {"List-Unsubscribe": f"<{opt_out}>", "List-Unsubscribe-Post": ONE_CLICK} if opt_out else {}
        more = "".join(f"&%2B{name}={quote(value, safe='')}" for name, value in headers.items())
        notify(f"{settings.MAIL_URL}{joint}to={address}{more}", text)


ROBOTS: Final = (
    Robot("wecom", _("WeCom robot"), "wecombot"),
    Robot("dingtalk", _("DingTalk robot"), "dingtalk"),
    Robot("feishu", _("Feishu robot"), "feishu"),
)
