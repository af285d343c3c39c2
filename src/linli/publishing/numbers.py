"""The numbers of documents (文号) as offices write them: one spelling, and their office, year and serial to sort by."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from linli.core.errors import InvalidInput

LONGEST: Final = 60
# The brackets that stand for the prescribed ones: whatever a keyboard offered.
_OPENING: Final = "〔[［【(（﹝〖"
_CLOSING: Final = "〕]］】)）﹞〗"
_YEAR: Final = rf"[{re.escape(_OPENING)}]\s*([0-9]{{2,4}})\s*年?\s*[{re.escape(_CLOSING)}]"
_NUMBER: Final = re.compile(rf"^(.{{1,40}}?){_YEAR}第?0*([0-9]{{1,6}})号$")
_HAS_YEAR: Final = re.compile(_YEAR)
FIRST_YEAR: Final = 1949


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A number as it is kept; `year` and `serial` are None where it is of another form (令第5号)."""

    text: str
    prefix: str = ""
    year: int | None = None
    serial: int | None = None


def read(text: str) -> DocumentNumber:
    """What an office wrote as the number of a document. Raises: policy_document.number"""
    written = "".join(_half(text).split())
    if len(written) > LONGEST:
        raise _unreadable(text)
    found = _NUMBER.match(written)
    if found is None:
        if _HAS_YEAR.search(written):
            raise _unreadable(text)
        return DocumentNumber(written)
    prefix, year, serial = found[1], int(found[2]), int(found[3])
    if not FIRST_YEAR <= year <= 2100 or not serial:
        raise _unreadable(text)
    return DocumentNumber(f"{prefix}〔{year}〕{serial}号", prefix, year, serial)


def _half(text: str) -> str:
    """Digits and Latin letters in half width; the rest as it is."""
    return "".join(unicodedata.normalize("NFKC", sign) if "\uff10" <= sign <= "\uff5a" else sign for sign in text)


def _unreadable(text: str) -> InvalidInput:
    message = _("“%(text)s” is no document number; it reads like 某办〔2026〕12号.")
    return InvalidInput("policy_document.number", message, text=text.strip()[:LONGEST])
