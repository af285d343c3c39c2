"""What Linli will not take in, and how it writes out: forbidden ledgers, identity numbers, safe cells."""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

REFUSAL = _("“%(title)s” lists people in a way that Linli does not keep; see what Linli will not be.")
FORBIDDEN = re.compile(
    r"重点(?:管控|关注|稳控|监管|特殊)?人员|重点(?:管控|关注|稳控|监管)对象|重点人头|特殊人群(?!关爱|服务|活动|慰问)"
    r"|信访(?:人|老户|户)|(?:上访|非访)(?![谈问客察])|缠访|闹访|涉访|精神(?:障碍|病|疾病)|肇事肇祸"
    r"|刑满|刑释|两劳|解教人员|吸毒|戒毒人员|涉毒人员|矫正(?:人员|对象)|涉稳人员|不稳定人员|不放心人员"
    r"|涉邪|邪教人员|前科人员|黑名单|艾滋病人|管控人员|稳控"
)
IDENTITY = re.compile(
    r"(?<![\dA-Za-z])[1-9]\d{5}[ -]?(?:19|20)\d{2}[ -]?(?:0[1-9]|1[0-2])[ -]?(?:0[1-9]|[12]\d|3[01])"
    r"[ -]?\d{3}[\dXx](?![\dA-Za-z])"
)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK = "10X98765432"
STARTERS = "=+-@\t\r\n＝＋－＠"
PLAIN_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?%?|-+")


def refused_titles(text: str) -> str | None:
    """The code of the refusal where a file, sheet, title or column names watched people; None otherwise."""
    bare = "".join(unicodedata.normalize("NFKC", text).split())
    return "file.forbidden_ledger" if FORBIDDEN.search(bare) else None


def holds_identity_number(text: str) -> bool:
    """Whether a text holds a valid identity number (GB 11643: a birthday and a check digit that fits)."""
    if len(text) < 18:
        return False
    for match in IDENTITY.finditer(unicodedata.normalize("NFKC", text)):
        digits = re.sub("[ -]", "", match.group()).upper()
        if digits[-1] == CHECK[sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=False)) % 11]:
            return True
    return False


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: what could begin one gets an apostrophe before it."""
    if text[:1] and text[0] in STARTERS and not PLAIN_NUMBER.fullmatch(text):
        return "'" + text
    return text


def without_guard(text: str) -> str:
    """A text as it was before `safe_cell`."""
    return text[1:] if text[:1] == "'" and len(text) > 1 and text[1] in STARTERS else text
