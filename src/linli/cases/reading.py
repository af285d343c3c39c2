"""What a pasted chat message or a platform's work order says: text, phone, name, number, deadline and place words.

Reads text only; the desk looks at what was found before anything is written.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from linli.core import clock

# The labels that platforms print before a value, and the field that each fills.
LABELS: Final[Mapping[str, str]] = {
    label: name
    for name, labels in {
        "register_number": "工单编号|工单号|工单编码|受理编号|事项编号|订单号|编号",
        "given_due": "办理时限|办结时限|截止时间|截止日期|处理时限|办理期限|要求办结时间|时限",
        "reporter_name": "来电人姓名|诉求人姓名|反映人姓名|来电人|诉求人|反映人|联系人|姓名",
        "phone": "联系电话|来电号码|联系方式|手机号码|手机号|手机|电话",
        "address": "事发地址|事发地点|诉求地址|详细地址|问题地址|发生地址|地址|地点|位置",
        "text": "诉求内容|反映内容|问题描述|工单内容|事项内容|问题内容|主要内容|内容",
    }.items()
    for label in labels.split("|")
}
_LABELLED: Final = re.compile(
    "(?:^|(?<=[\\s,，;；。【】]))[【\\[]?("
    + "|".join(sorted(LABELS, key=len, reverse=True))
    + ")[】\\]]?\\s*[:：】]\\s*"
)
_PHONE: Final = re.compile(r"(?<!\d)(?:\+?86[- ]?)?(1\d{2}[- ]?\d{4}[- ]?\d{4})(?!\d)")
_LANDLINE: Final = re.compile(r"(?<!\d)(0\d{2,3}[- ]?\d{7,8})(?!\d)")
_MOMENT: Final = re.compile(r"(\d{4})[-年/.](\d{1,2})[-月/.](\d{1,2})日?(?:\s*(\d{1,2})[:：时点](\d{1,2})?)?")
# What WeChat writes before each line that is copied from a conversation: a name and a time, or a time alone.
_CHAT_LINE: Final = re.compile(
    r"^\s*(?:[^\s:：]{1,20}\s+)?(?:\d{4}[-/年]\d{1,2}[-/月]\d{1,2}日?\s+)?\d{1,2}:\d{2}(?::\d{2})?\s*$"
)
HIDDEN: Final = "〔电话略〕"


@dataclass(frozen=True, slots=True)
class Message:
    """What was found in a text; empty where nothing was."""

    text: str
    phone: str = ""
    reporter_name: str = ""
    address: str = ""
    register_number: str = ""
    given_due: datetime | None = None


def read_message(pasted: str) -> Message:
    """Take a pasted text apart: labelled values of a work order, else the message with its phone number lifted out.

    Phone numbers stand in their own field, encrypted; the text of the matter keeps none.
    """
    fields = _labelled(pasted)
    body = fields.get("text") or _conversation(pasted, labelled=bool(fields))
    phone = _phone_in(fields.get("phone", "")) or _phone_in(pasted)
    return Message(
        text=_without_phones(body)[:2000].strip(),
        phone=phone,
        reporter_name=fields.get("reporter_name", "")[:60],
        address=_without_phones(fields.get("address", ""))[:200],
        register_number=fields.get("register_number", "").split(" ")[0][:64],
        given_due=_moment(fields.get("given_due", "")),
    )


def public_text(text: str) -> str:
    """A text that may be pasted into a chat group: without phone numbers."""
    return _without_phones(text)


def _labelled(pasted: str) -> dict[str, str]:
    """Values by field; a value ends at the next label, and all but the content at the end of its line."""
    hits = list(_LABELLED.finditer(pasted))
    found: dict[str, str] = {}
    for index, hit in enumerate(hits):
        end = hits[index + 1].start() if index + 1 < len(hits) else len(pasted)
        value = pasted[hit.end() : end].strip(" \t\r\n,，;；【[")
        name = LABELS[hit.group(1)]
        found.setdefault(name, value if name == "text" else value.split("\n")[0].strip())
    return found


def _conversation(pasted: str, *, labelled: bool) -> str:
    lines = [line.strip() for line in pasted.splitlines()]
    kept = [line for line in lines if line and not _CHAT_LINE.match(line)]
    if labelled:
        kept = [line for line in kept if not _LABELLED.match(line)]
    return "\n".join(kept)


def _phone_in(text: str) -> str:
    found = _PHONE.search(text) or _LANDLINE.search(text)
    return re.sub(r"[- ]", "", found.group(1)) if found else ""


def _without_phones(text: str) -> str:
    return _LANDLINE.sub(HIDDEN, _PHONE.sub(HIDDEN, text))


def _moment(text: str) -> datetime | None:
    """A day with or without a time; a day alone ends with its last working minute, as offices mean it."""
    found = _MOMENT.search(text)
    if found is None:
        return None
    year, month, day, hour, minute = (int(part) if part else None for part in found.groups())
    try:
        at = (hour, minute or 0) if hour is not None else (17, 30)
        return datetime(year or 0, month or 0, day or 0, *at, tzinfo=clock.SHANGHAI)
    except ValueError:
        return None
