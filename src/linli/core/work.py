"""The registered kinds of work items: what each asks for, and whether it is a decision. Lists know no other."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class WorkKind:
    """A kind of work: its code, what the holder is to do, and whether others wait for a decision."""

    code: str
    label: Any
    decides: bool = False


_kinds: dict[str, WorkKind] = {}


def register_work(*kinds: WorkKind) -> None:
    """Make kinds known; called when an app is ready."""
    _kinds.update({kind.code: kind for kind in kinds})


def work_kind(code: str) -> WorkKind:
    """The kind with this code; one without words where an app no longer registers it."""
    return _kinds.get(code) or WorkKind(code, "")


def known_work(prefix: str) -> bool:
    """Whether a kind begins so."""
    return any(code.startswith(prefix) for code in _kinds)


def deciding_kinds() -> list[str]:
    """The codes of the kinds that are decisions."""
    return [kind.code for kind in _kinds.values() if kind.decides]
