"""What Linli will not take in and how it writes out: forbidden ledgers, identity numbers, safe cells."""

import re

from django.utils.translation import gettext_lazy as _

REFUSAL = _("“%(title)s” lists people in a way that Linli does not keep; see what Linli will not be.")
FORBIDDEN = re.compile(
    r"重点人员|信访人(?:员)?|上访|精神障碍|精神病|刑满释放|刑释|吸毒|社区矫正人员|涉稳人员|黑名单|涉访"
)
IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def refused_titles(text: str) -> str | None:
    """The code of the refusal where a title names a ledger of watched people; None otherwise."""
    return "file.forbidden_ledger" if FORBIDDEN.search(text) else None


def holds_identity_number(text: str) -> bool:
    """Whether a text holds a valid identity number (GB 11643 check digit)."""
    for match in IDENTITY.finditer(text):
        digits = match.group()
        check = "10X98765432"[sum(int(d) * w for d, w in zip(digits, WEIGHTS, strict=False)) % 11]
        if digits[-1].upper() == check:
            return True
    return False


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    if text[:1] in ("=", "+", "-", "@", "\t", "\r") and not re.fullmatch(r"[-+]?\d+(\.\d+)?", text):
        return "'" + text
    return text
