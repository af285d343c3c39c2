"""YAML text as plain data, within limits: a text that refers to itself, or nests for ever, is refused and not followed.

What the data means is in profiles.py.
"""

import math
from collections.abc import Iterator
from itertools import repeat
from typing import Any, Final

from django.utils.translation import gettext as _
from ruamel.yaml import YAML

LARGEST: Final = 512 * 1024
VALUES: Final = 100_000
DEEPEST: Final = 40


def load(content: bytes) -> Any:
    """The document with the lines of its keys. Raises: ValueError, YAMLError"""
    if len(content) > LARGEST:
        raise ValueError(_("A file has at most %(most)s kB.") % {"most": LARGEST >> 10})
    try:
        return YAML(typ="rt").load(content.decode("utf-8"))
    except RecursionError as error:
        raise ValueError(_nested()) from error


def plain(document: Any) -> Any:
    """The document as data that JSON and the database hold. Raises: ValueError"""
    return _plain(document, repeat(None, VALUES), 0)


def _plain(value: Any, left: Iterator[None], depth: int) -> Any:
    if depth > DEEPEST:
        raise ValueError(_nested())
    # References count each time: ten lines of ten references each would be ten thousand million values.
    for _one in left:
        break
    else:
        raise ValueError(_("There are more than %(most)s values.") % {"most": VALUES})
    if isinstance(value, dict):
        return {_text(str(key)): _plain(item, left, depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, left, depth + 1) for item in value]
    return _single(value)


def _single(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(_("“%(value)s” is no number.") % {"value": value})
        return float(value)
    return _text(str(value))


def _text(text: str) -> str:
    if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise ValueError(_("There is a sign that no text has."))
    return text


def _nested() -> str:
    return _("It is nested too deeply.")
