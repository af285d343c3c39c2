"""What a screen shows of a personal value until somebody unmasks it, and finding identity numbers in text.

Nothing here decides who may unmask; that is a policy's business.
"""

import re
from typing import Final

STAR: Final = "*"
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS: Final = "10X98765432"
_IDENTITY: Final = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])\d{5}[0-9Xx](?![0-9A-Za-z])")
_PHONE: Final = re.compile(r"(?<!\d)1\d{10}(?!\d)|(?<!\d)0\d{2,3}[- ]?\d{7,8}(?!\d)")
# A house number begins at a digit, or at a Chinese numeral that counts buildings, units, floors or rooms.
_HOUSE: Final = re.compile(r"[0-9０-９A-Za-z]|[一二三四五六七八九十百]+(?=[栋幢座单号楼层室组弄])")


def mask_phone(phone: str) -> str:
    """Keep the first three and last four digits of a mobile number: 100****5678; less of shorter ones."""
    phone = phone.strip()
    if len(phone) < 7:
        return STAR * len(phone)
    head = 3 if len(phone) >= 11 else 0
    tail = 4 if len(phone) >= 11 else 2
    return phone[:head] + STAR * (len(phone) - head - tail) + phone[-tail:]


def mask_name(name: str) -> str:
    """Keep the first character of a name and at most three stars, so that its length tells little."""
    name = name.strip()
    if len(name) < 2:
        return STAR * len(name)
    return name[0] + STAR * min(len(name) - 1, 3)


def mask_address(address: str) -> str:
    """Keep the road or compound and hide the house: 幸福小区****."""
    address = address.strip()
    if not address:
        return ""
    house = _HOUSE.search(address)
    return address[: house.start() if house else len(address) // 2] + STAR * 4


def mask_identity(number: str) -> str:
    """Keep the first and the last character of an identity number."""
    number = number.strip()
    if len(number) < 8:
        return STAR * len(number)
    return number[0] + STAR * (len(number) - 2) + number[-1]


def identity_numbers(text: str) -> list[str]:
    """The resident identity numbers in a text, recognised by their date and check digit (GB 11643)."""
    return [found.upper() for found in _IDENTITY.findall(text) if _checks(found.upper())]


def phone_numbers(text: str) -> list[str]:
    """The mobile and landline numbers in a text."""
    return _PHONE.findall(text)


def _checks(number: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _CHECK_DIGITS[total % 11] == number[-1]
