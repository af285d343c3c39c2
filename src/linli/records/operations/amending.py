"""Changing, on one record, what the profile adds to its type: components of models of working and other dimensions."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.core import journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotAllowed, NotFound, Stale
from linli.records import added, events
from linli.records.types import Dimension, RecordType, record_type

LONGEST: Final = 200
LARGEST: Final = 2**31


@transaction.atomic
def record_amend(*, actor: Actor, code: str, pk: int, version: int, values: Mapping[str, str]) -> tuple[str, ...]:
    """Change added dimensions of a record, each given as text; an empty one is taken away. Returns what changed.

    Who may is the policy of the record type. Ledgers that say otherwise later do not overwrite it (import.edited).
    Raises: record_type.unknown, not_found, record.not_yours, record.stale, record.bad_value
    """
    kind = record_type(code)
    row = kind.rows_for(actor).select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None or kind.amendable is None:
        raise NotFound
    if not kind.amendable(actor, row):
        raise NotAllowed("record.not_yours", _("Your posts do not let you change this record."))
    # What hangs on another record has no version of its own.
    held: int = getattr(row, "version", 0)
    if held != version:
        raise Stale("record.stale", _("Somebody changed this record since you opened it."), version=held)
    extra = _amended(kind, row.extra, values)
    changed = tuple(sorted(name for name in {*extra, *row.extra} if extra.get(name) != row.extra.get(name)))
    if not changed:
        return ()
    row.extra = extra
    if held:
        row.version += 1
    row.save(update_fields=["extra", *(["version"] if held else [])])
    # A place is its own place; whatever else has one lies there.
    place = pk if not kind.place else row.place_id
    journal.write(actor, f"{code}.amend", (code, pk), place_id=place, facts={"changed": list(changed)})
    events.announce_amended(events.Amended(actor, code, pk, changed))
    return changed


def _amended(kind: RecordType, extra: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, Any]:
    """What a record bears after its added dimensions were given as text. Raises: record.bad_value"""
    known = {item.code: item for item in kind.added_dimensions()}
    gone = added.retired(kind.code)
    result = dict(extra)
    for code, text in values.items():
        if code not in known:
            raise InvalidInput("record.bad_value", _("Records of this type have no “%(name)s”."), name=code)
        result.pop(code, None)
        if text.strip() and str(extra.get(code)) == text.strip():
            result[code] = extra[code]
        elif text.strip():
            result[code] = _read(known[code], text.strip(), gone)
    return result


def _read(dimension: Dimension, text: str, gone: frozenset[tuple[str, str]]) -> Any:
    """The value that a text stands for. Raises: record.bad_value"""
    try:
        if dimension.type != "choice":
            return READ[dimension.type](text)
        return {code: code for code, _label in dimension.choices if (dimension.code, code) not in gone}[text]
    except (ValueError, KeyError) as error:
        message = _("“%(value)s” is no value of “%(name)s”.")
        raise InvalidInput("record.bad_value", message, value=text[:40], name=str(dimension.label)) from error


def _text(text: str) -> str:
    if len(text) > LONGEST:
        raise ValueError(text)
    return text


def _number(text: str) -> int | float:
    number = float(text)
    if not abs(number) < LARGEST:
        raise ValueError(text)
    return int(number) if number.is_integer() else number


def _list(text: str) -> list[str]:
    return [part.strip() for part in _text(text).replace("|", "、").split("、") if part.strip()]


READ: Final[Mapping[str, Callable[[str], Any]]] = {
    "flag": {"true": True, "false": False}.__getitem__,
    "text": _text,
    "number": _number,
    "date": lambda text: date.fromisoformat(text).isoformat(),
    "list": _list,
}
