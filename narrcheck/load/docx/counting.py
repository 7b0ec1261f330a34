"""Writes list numbers the way Word does: 一、十一、①, ⅱ, 壹, 甲."""

from __future__ import annotations

from collections.abc import Callable

HAN = "〇一二三四五六七八九"
LEGAL = "零壹贰叁肆伍陆柒捌玖"
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
LARGEST = 32767  # Word counts no further
ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def written(number: int, form: str) -> str:
    """``number`` in the format ``form`` (a value of w:numFmt); in digits where it has no such."""
    if not 0 <= number <= LARGEST or form not in FORMS:
        return str(number)
    return FORMS[form](number) or str(number)


def _by_digit(number: int) -> str:
    return "".join(HAN[int(digit)] for digit in str(number))


def _by_hundreds(number: int) -> str:
    """十 to 九十九 in words, digits from there on, as chineseCounting has it."""
    return _in_words(number) if number < 100 else _by_digit(number)


def _in_words(number: int, digits: str = HAN, units: str = "十百千", zero: str = "零") -> str:
    """二十一, 一百零五, 一万二千."""
    if number >= 10**4:
        high, low = divmod(number, 10**4)
        gap = zero if 0 < low < 1000 else ""
        rest = _in_words(low, digits, units, zero) if low else ""
        return f"{_in_words(high, digits, units, zero)}万{gap}{rest}"
    if number == 0:
        return digits[0]
    text, gap = "", ""
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            text += gap + digits[digit] + (units[power - 1] if power else "")
        gap = zero if text and not digit else ""
    return text[1:] if text.startswith("一十") else text


def _legal(number: int) -> str:
    return _in_words(number, LEGAL, "拾佰仟")


def _japanese(number: int) -> str:
    """Like Chinese words, but 百 and 千 stand without 一, and no zero is written."""
    words = _in_words(number, zero="")
    return words.replace("一十", "十").replace("一百", "百").replace("一千", "千")


def _roman(number: int) -> str:
    text = ""
    for value, sign in ROMAN:
        count, number = divmod(number, value)
        text += sign * count
    return text


def _letters(number: int) -> str:
    """a to z, then aa, bb."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number else ""


def _signs(first: str, count: int) -> Callable[[int], str]:
    """Numbers with a sign of their own, ``first`` for 1, the next in Unicode for 2."""
    return _named("".join(chr(ord(first) + number) for number in range(count)))


def _named(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 1 <= number <= len(signs) else ""


def _full_width(number: int) -> str:
    return str(number).translate({ord("0") + digit: ord("０") + digit for digit in range(10)})


FORMS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    **dict.fromkeys(("decimalFullWidth", "decimalFullWidth2"), _full_width),
    **dict.fromkeys(
        ("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _signs("\u2460", 20)
    ),
    "decimalEnclosedFullstop": _signs("\u2488", 20),
    "decimalEnclosedParen": _signs("\u2474", 20),
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    **dict.fromkeys(("chineseCounting", "taiwaneseCounting"), _by_hundreds),
    **dict.fromkeys(("chineseCountingThousand", "taiwaneseCountingThousand"), _in_words),
    **dict.fromkeys(("japaneseCounting", "koreanCounting"), _japanese),
    **dict.fromkeys(
        ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"), _by_digit
    ),
    **dict.fromkeys(("chineseLegalSimplified", "ideographLegalTraditional"), _legal),
    "ideographTraditional": _named(STEMS),
    "ideographZodiac": _named(BRANCHES),
    "ideographEnclosedCircle": _signs("\u3280", 10),
}
