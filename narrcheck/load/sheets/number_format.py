"""What a spreadsheet shows of a value: number formats, as Excel and WPS print them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal

# Excel computes with floats, and shows no more than 15 digits of them.
FIFTEEN = Context(prec=15, rounding=ROUND_HALF_UP)
EXACT = Context(prec=800, rounding=ROUND_HALF_UP)
GENERAL_WIDTH = 11  # characters of a number in the format General, its point included
TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\[\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<exponent>E[+-])|(?P<ampm>AM/PM|A/P|上午/下午)"
    r"|(?P<date>y+|m+|d+|h+|s+|a{3,4})|(?P<digit>[0#?])|(?P<mark>[.,%@/])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
COLOUR = re.compile(
    r"red|blue|black|green|white|yellow|cyan|magenta|colou?r\s*\d+"
    r"|[红蓝黑绿白黄青]色?|洋红|颜色\s*\d+",
    re.IGNORECASE,
)
SIGNS = re.compile(r"[-－−–(（△▲负]")
SHORT_DATE, LONG_DATE = "yyyy/m/d", 'yyyy"年"m"月"d"日"'
# Formats that mean the date of the system, which is a Chinese one.
SYSTEM_DATES = {"mm-dd-yy": SHORT_DATE, "[$-f800]": LONG_DATE}

Token = tuple[str, str]


def shown_number(value: Decimal, code: str) -> str:
    """What the number format ``code`` shows of a number, white space around it stripped.

    Rounds half away from zero, as the programs do. A format that it cannot show (fractions,
    exponents) is shown as General.
    """
    if not value.is_finite():
        return str(value)
    value = FIFTEEN.plus(value)
    section, sign = _section(value, _sections(code))
    return f"{sign}{_rendered(_tokens(section), value.copy_abs())}".strip()


def shown_text(text: str, code: str) -> str:
    """What the number format shows of a text: mostly the text."""
    sections = _sections(code)
    last = sections[3] if len(sections) > 3 else sections[-1]
    if len(sections) < 4 and "@" not in last:
        return text
    return "".join(
        text if token == ("mark", "@") else _literal(*token) for token in _tokens(last)
    ).strip()


def shown_date(value: datetime | date | time | timedelta, code: str) -> str:
    """What the number format shows of a date or a time of day."""
    if isinstance(value, timedelta):
        return str(value)
    code = code.split(";")[0]
    for system, chinese in SYSTEM_DATES.items():
        code = chinese if code.lower().startswith(system) else code
    tokens = _tokens(code)
    noon = any(kind == "ampm" for kind, _ in tokens)
    parts = [_date_part(value, tokens, index, noon) for index in range(len(tokens))]
    return "".join(parts).strip()


def _sections(code: str) -> list[str]:
    """The parts of a format for positive numbers, negative ones, zero and texts."""
    sections = [""]
    for match in TOKEN.finditer(code):
        if match.group() == ";":
            sections.append("")
        else:
            sections[-1] += match.group()
    return sections if any(sections) else ["General"] if len(sections) == 1 else sections


def _tokens(section: str) -> list[Token]:
    """The pieces of a section: kind and text."""
    return [
        (match.lastgroup or "other", match.group(match.lastgroup or 0))
        for match in TOKEN.finditer(section)
    ]


def _section(value: Decimal, sections: Sequence[str]) -> tuple[str, str]:
    """The section for a number, and the sign that is set before what it shows."""
    minus = "-" if value < 0 else ""
    numeric = sections[:3]
    if len(numeric) > 1 and "@" in numeric[-1] and not re.search("[0#?]", numeric[-1]):
        numeric = numeric[:-1]
    conditions = [CONDITION.search(" ".join(_brackets(section))) for section in numeric]
    if any(conditions):
        for section, condition in zip(numeric, conditions, strict=True):
            if condition is None or _holds(value, condition[1], Decimal(condition[2])):
                return section, minus
        return numeric[-1], minus
    if value < 0 and len(numeric) > 1:
        section = numeric[1]
        # Red for negative is lost on paper and in a text.
        coloured = any(COLOUR.fullmatch(each.strip()) for each in _brackets(section))
        return section, "-" if coloured and not SIGNS.search(_bare(section)) else ""
    return (numeric[2], "") if value == 0 and len(numeric) > 2 else (numeric[0], minus)


def _brackets(section: str) -> list[str]:
    return [text for kind, text in _tokens(section) if kind == "bracket"]


def _bare(section: str) -> str:
    """The literal characters of a section."""
    return "".join(_literal(*token) for token in _tokens(section))


def _holds(value: Decimal, sign: str, bound: Decimal) -> bool:
    order = value.compare(bound)
    return {
        "<": order < 0,
        "<=": order <= 0,
        ">": order > 0,
        ">=": order >= 0,
        "=": order == 0,
        "<>": order != 0,
    }[sign]


def _literal(kind: str, text: str) -> str:
    """What a token shows that stands for itself."""
    if kind == "bracket":  # [$¥-804] is a sign of money, [Red] and [DBNum1] are not shown
        return text[1:].partition("-")[0] if text.startswith("$") else ""
    if kind == "space":
        return " "
    if kind == "fill" or (kind == "mark" and text in ",@"):
        return ""
    return text


def _rendered(tokens: Sequence[Token], value: Decimal) -> str:
    """A number that is not negative, in one section."""
    kinds = {kind for kind, _ in tokens}
    digits = [index for index, (kind, _) in enumerate(tokens) if kind == "digit"]
    fraction = ("mark", "/") in tokens and "date" not in kinds
    if "general" in kinds or (not digits and ("mark", "@") in tokens):
        return "".join(
            _general(value) if kind == "general" or text == "@" else _literal(kind, text)
            for kind, text in tokens
        )
    if not digits:
        return "".join(_literal(*token) for token in tokens)
    if "exponent" in kinds or fraction:
        return _general(value)
    point = next((i for i, token in enumerate(tokens) if token == ("mark", ".")), len(tokens))
    before = [index for index in digits if index < point]
    after = [index for index in digits if index > point]
    hundreds = tokens.count(("mark", "%"))
    thousands = sum(_commas_after(tokens, part[-1]) for part in (before, after) if part)
    scaled = value.scaleb(2 * hundreds - 3 * thousands, EXACT)
    rounded = scaled.quantize(Decimal(1).scaleb(-len(after)), context=EXACT)
    whole, _, decimals = f"{rounded:f}".partition(".")
    grouped = any(tokens[i] == ("mark", ",") for i in range(before[0], before[-1])) if before else 0
    shown = _whole(tokens, before, "" if whole == "0" else whole, grouped=bool(grouped))
    shown |= _decimals(tokens, after, decimals)
    if not before and whole != "0" and point < len(tokens):
        shown[point] = f"{whole}."
    return "".join(
        shown[index] if index in shown else _literal(*token) for index, token in enumerate(tokens)
    )


def _commas_after(tokens: Sequence[Token], index: int) -> int:
    """How many commas follow at once: each divides by a thousand."""
    count = 0
    while tokens[index + 1 + count : index + 2 + count] == [("mark", ",")]:
        count += 1
    return count


def _whole(
    tokens: Sequence[Token], places: Sequence[int], digits: str, *, grouped: bool
) -> dict[int, str]:
    """What stands at each place for a digit before the point; the first takes all that is left."""
    shown: dict[int, str] = {}
    position = 0  # of the digit, counted from the point
    for nth, index in enumerate(reversed(places), 1):
        here = digits if nth == len(places) else digits[-1:]
        digits = "" if nth == len(places) else digits[:-1]
        here = here or {"0": "0", "?": " "}.get(tokens[index][1], "")
        text = ""
        for digit in reversed(here):
            comma = "," if grouped and position and position % 3 == 0 and digit != " " else ""
            text = f"{digit}{comma}{text}"
            position += 1
        shown[index] = text
    return shown


def _decimals(tokens: Sequence[Token], places: Sequence[int], digits: str) -> dict[int, str]:
    """What stands at each place for a digit after the point; zeros at the end may be left out."""
    shown: dict[int, str] = {}
    ended = True
    for index, digit in reversed(list(zip(places, digits, strict=True))):
        kept = tokens[index][1] == "0" or digit != "0" or not ended
        ended = ended and not kept
        shown[index] = digit if kept else " " if tokens[index][1] == "?" else ""
    return shown


def _general(value: Decimal) -> str:
    """A number as the format General shows it; a large one whole, not as a power of ten."""
    whole = f"{value:f}".partition(".")[0]
    places = max(GENERAL_WIDTH - 1 - len(whole), 0)
    rounded = value.quantize(Decimal(1).scaleb(-places), context=EXACT)
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _date_part(
    value: datetime | date | time, tokens: Sequence[Token], index: int, noon: bool
) -> str:
    """What the token at ``index`` shows of a date; ``noon``: hours are counted from noon."""
    kind, text = tokens[index]
    at = value if isinstance(value, time) else getattr(value, "time", time)()
    if kind == "ampm":
        return ("上午", "下午")[at.hour >= 12] if text[0] == "上" else ("AM", "PM")[at.hour >= 12]
    if kind == "digit":
        return ""
    if kind != "date":
        return _literal(kind, text)
    letter = text[0].lower()
    around = [each[0].lower() for kind, each in tokens if kind == "date"]
    nth = sum(kind == "date" for kind, _ in tokens[:index])
    minutes = "h" in around[max(nth - 1, 0) : nth] or "s" in around[nth + 1 : nth + 2]
    if letter == "h":
        return _padded((at.hour - 1) % 12 + 1 if noon else at.hour, text)
    if letter == "s" or (letter == "m" and minutes):
        return _padded(at.second if letter == "s" else at.minute, text)
    return "" if isinstance(value, time) else _day_part(value, text)


def _day_part(day: date, text: str) -> str:
    """Year, month or day in as many letters as ``text`` has."""
    letter, long = text[0].lower(), len(text) > 2
    if letter == "y":
        return f"{day.year:04}" if long else f"{day.year % 100:02}"
    if letter == "m":
        return calendar.month_abbr[day.month] if long else _padded(day.month, text)
    if letter == "d" and not long:
        return _padded(day.day, text)
    weekday = "一二三四五六日"[day.weekday()]
    return f"星期{weekday}" if len(text) > 3 else weekday


def _padded(number: int, text: str) -> str:
    return f"{number:02}" if len(text) > 1 else str(number)
