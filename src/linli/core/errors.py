"""Domain errors: what went wrong as a code with facts, and how each maps to a status.

One handler turns them into a page, JSON or a line on the terminal; nobody else formats them.
Programmer faults are assertions and are never caught.
"""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """A refusal that a person should understand: a stable code, a sentence, and the facts behind it."""

    status: ClassVar[int] = 400

    def __init__(self, code: str, message: Any = "", /, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.facts = facts

    @property
    def sentence(self) -> str:
        """The message in the active language, with the facts filled in; the code where there is none."""
        text = str(self.message) or self.code
        return text % self.facts if self.facts and "%(" in text else text

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence}"

    def as_dict(self) -> dict[str, Any]:
        """The error as one JSON document."""
        facts = {
            name: value if isinstance(value, int | float | bool | list) else str(value)
            for name, value in self.facts.items()
        }
        return {"code": self.code, "message": self.sentence, "facts": facts}


class Mendable(DomainError):
    """Whoever asks may ask this, only not so or not now: pages show it beside what was sent."""


class InvalidInput(Mendable):
    """What was entered cannot be understood or is not allowed as a value."""

    status = 400


class TooLarge(Mendable):
    """What was sent is larger than may be taken in at once."""

    status = 413


class TooMany(Mendable):
    """More was sent in a while than is taken from one side."""

    status = 429


class NotAllowed(DomainError):
    """The actor may see the thing but not do this to it."""

    status = 403


class NotFound(DomainError):
    """There is no such thing, or the actor may not know of it: both look the same."""

    status = 404

    def __init__(self, code: str = "not_found", message: Any = _("Not found."), /, **facts: Any) -> None:
        super().__init__(code, message, **facts)


class RuleBroken(Mendable):
    """A rule of the workflow, the ledger or the law forbids this now."""

    status = 409


class Stale(RuleBroken):
    """Somebody changed the row since the actor read it."""
