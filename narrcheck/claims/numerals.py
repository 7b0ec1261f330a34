"""Numbers written in Chinese numerals: 十二点五 is 12.5, 一百二十万 is 1200000."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {
    character: value
    for value, characters in enumerate(
        ("零〇○", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for character in characters
}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_GROUPS = {"亿": 10**8, "万": 10**4}
NUMERALS = "".join([*_DIGITS, *_TENS, *_GROUPS])


def read_numeral(text: str) -> Decimal | None:
    """The value of Chinese numerals, with 点 before decimals; None where they make no number."""
    whole, point, decimals = text.partition("点")
    value = _whole(whole)
    if value is None or (point and not decimals) or any(c not in _DIGITS for c in decimals):
        return None
    digits = "".join(str(_DIGITS[character]) for character in decimals)
    return Decimal(f"{value}.{digits}") if digits else Decimal(value)


def _whole(text: str) -> int | None:
    """The value of numerals without decimals; digits alone (二〇二三) are read one by one."""
    if not text or text[0] in _GROUPS or any(character not in NUMERALS for character in text):
        return None
    if len(text) > 1 and all(character in _DIGITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    for character, size in _GROUPS.items():
        if character in text:
            left, _, right = text.partition(character)
            return (_whole(left) or 1) * size + (_whole(right) or 0)
    group = digit = 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        else:
            group += (digit or 1) * _TENS[character]
            digit = 0
    return group + digit
