"""The kinds of messages: apps above register theirs, so that each reads well in both languages whoever wrote it.

What people wrote (a title, a reason) is kept as they wrote it; what the platform says is a kind with facts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class MessageKind:
    """A kind of message: its label, an icon of the sprite, and a sentence that its facts fill in."""

    code: str
    label: Any
    icon: str = "bell"
    sentence: Any = ""

    def say(self, facts: Mapping[str, Any]) -> str:
        """The sentence in the active language; empty where the kind has none."""
        return str(self.sentence) % facts if self.sentence else ""


_kinds: Final[dict[str, MessageKind]] = {}


def register(*kinds: MessageKind) -> None:
    """Make kinds known; called when an app is ready."""
    _kinds.update({kind.code: kind for kind in kinds})


def kind_of(code: str) -> MessageKind:
    """The kind with this code; one that no app knows any more is shown by its code."""
    return _kinds.get(code) or MessageKind(code, code)


def known(code: str) -> bool:
    """Whether an app has registered this kind."""
    return code in _kinds
