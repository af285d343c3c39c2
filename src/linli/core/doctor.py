"""The registry of `linli doctor`: apps register checks by name, and each yields what it found wrong.

The checks of the house itself are in health.py; a check that yields nothing has passed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from linli.core.errors import DomainError


class Level(StrEnum):
    """How bad a finding is: a warning is to be read, a fault makes the doctor's exit status 1."""

    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be."""

    level: Level
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Result:
    """A check that ran, and what it found."""

    name: str
    label: str
    findings: tuple[Finding, ...]

    @property
    def state(self) -> str:
        """`ok`, `warning` or `fault`: the worst that was found."""
        levels = {finding.level for finding in self.findings}
        return next((level.value for level in (Level.FAULT, Level.WARNING) if level in levels), "ok")

    def as_dict(self) -> dict[str, Any]:
        """The result as part of the JSON document."""
        found = [{"level": one.level.value, "code": one.code, "message": one.message} for one in self.findings]
        return {"name": self.name, "label": self.label, "state": self.state, "findings": found}


Check = Callable[[], Iterable[Finding]]
_checks: Final[dict[str, tuple[Any, Check]]] = {}


def warning(code: str, message: Any) -> Finding:
    """A finding that is to be read."""
    return Finding(Level.WARNING, code, str(message))


def fault(code: str, message: Any) -> Finding:
    """A finding that must not stay."""
    return Finding(Level.FAULT, code, str(message))


def register(name: str, label: Any) -> Callable[[Check], Check]:
    """Make a function a check of the doctor's: `@doctor.register("journal", _("Journal chain"))`."""

    def keep(check: Check) -> Check:
        assert name not in _checks, f"two checks are called {name}"
        _checks[name] = (label, check)
        return check

    return keep


def examine() -> list[Result]:
    """Run every check in the order of registration; one that breaks down is a fault, and the rest go on."""
    return [Result(name, str(label), tuple(_run(check))) for name, (label, check) in _checks.items()]


def _run(check: Check) -> list[Finding]:
    try:
        return list(check())
    except DomainError as error:
        return [fault(error.code, error.sentence)]
    except Exception as error:  # noqa: BLE001  the doctor reports whatever is ill, its own instruments too
        first = next(iter(str(error).splitlines()), "")
        return [fault("doctor.check_failed", f"{type(error).__name__}: {first}")]
