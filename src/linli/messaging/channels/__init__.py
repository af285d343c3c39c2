"""Channels beside the inbox: a registry into which plug-ins enter theirs. None of them is required.

A channel takes an address and a short text without personal data; what is worth reading stays behind the login.
"""

from collections.abc import Mapping
from typing import Any, Final, Protocol


class Undelivered(Exception):
    """A gateway did not take a text. `permanent` says that trying again is of no use."""

    def __init__(self, reason: str, *, permanent: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason[:200]
        self.permanent = permanent


class Channel(Protocol):
    """One way out: what it is called, whether it is set up here, which addresses it takes, and how it sends."""

    @property
    def code(self) -> str:
        """What rows keep."""

    @property
    def label(self) -> Any:
        """What people read."""

    def ready(self) -> bool:
        """Whether this installation is set up for it."""

    def takes(self, address: str) -> bool:
        """Whether this is an address of the channel's."""

    def send(self, address: str, text: str, opt_out: str = "") -> None:
        """Hand the text over; `opt_out` is where its receiver says that they want no more. Raises Undelivered."""


_channels: Final[dict[str, Channel]] = {}


def register(*channels: Channel) -> None:
    """Make channels known; called when an app is ready."""
    _channels.update({channel.code: channel for channel in channels})


def channel_with(code: str) -> Channel | None:
    """The channel with this code, where it is set up here."""
    found = _channels.get(code)
    return found if found and found.ready() else None


def ready_channels() -> Mapping[str, Channel]:
    """The channels that are set up here, by code."""
    return {code: channel for code, channel in _channels.items() if channel.ready()}
