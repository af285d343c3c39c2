"""Numerals in Chinese characters: 十二, 三百零五, 一万二千, 二〇二五."""

FIGURES = {
    char: value
    for value, chars in enumerate(("零〇○", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for char in chars
}
PLACES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
GROUPS = {"万": 10_000, "亿": 100_000_000}


def digits_of(written: str) -> str:
    """A row of digits with the Chinese ones made ordinary; other characters stay."""
    return "".join(str(FIGURES[char]) if char in FIGURES else char for char in written)


def numeral(written: str) -> int | None:
    """The number that a Chinese numeral or a row of digits writes; None where it is neither."""
    if not written:
        return None
    if all(char in FIGURES or char.isdecimal() for char in written):
        return int(digits_of(written))
    total = section = digit = 0
    for char in written:
        if char in FIGURES:
            digit = FIGURES[char]
        elif char in PLACES:
            section += (digit or 1) * PLACES[char]
            digit = 0
        elif char in GROUPS:
            total = (total + section + digit) * GROUPS[char]
            section = digit = 0
        else:
            return None
    return total + section + digit
