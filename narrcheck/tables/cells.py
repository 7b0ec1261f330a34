"""Reads single cells: numbers as tables print them, units in brackets, subject codes and names."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from narrcheck.patterns.tables import bare_name, compact
from narrcheck.quantity import Dimension, Unit

MONEY_UNITS = {
    text: Unit(text, Dimension.MONEY, Fraction(scale))
    for text, scale in (("万元", 10**4), ("千元", 10**3), ("亿元", 10**8), ("元", 1))
}
BLANKS = frozenset({"", "-", "--", "---", "—", "——", "–", "－", "―", "─"})
DASHES = str.maketrans({"−": "-", "–": "-", "—": "-", "－": "-", "△": "-", "▲": "-"})
TORN = re.compile(r"(?<=\d)\s*([.,])\s*(?=\d)")  # 878. 81
SPACED_THOUSANDS = re.compile(r"-?\d{1,3}(?: \d{3})+(?:\.\d+)?")
WRAPPED = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d{1,6})")
NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
COUNTS = (
    r"人次|批次|场次|台[(（]套[)）]|台[/、，,]?套|平方米|㎡|m2|m²|公里|小时"
    r"|[个辆批人名次台套项件份篇条家团户处所场期分天吨亩米]"
)
WITH_UNIT = re.compile(rf"(?P<number>.*\d)\s*(?P<unit>[%‰]|[亿万千]?元|{COUNTS})")
BRACKETED = re.compile(r"[（(]([^（）()]{1,5})[）)]")
CODE = re.compile(r"[235]\d{2}(?:\d{2}){0,2}")
CODE_AND_NAME = re.compile(r"[\[【（]?([235]\d{2}(?:\d{2}){0,2})[\]】）]?[-—_. ]*(?=[^\d\W])(.+)")
COUNTED = re.compile(rf"{COUNTS}|[%％‰]")
RATES = ("%", "％", "‰")


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A number as a cell prints it.

    ``digits`` is its text without torn spaces, ``unit`` what the cell itself prints behind it
    (``""``, ``%``, ``万元``, ``件`` …), ``places`` the decimals.
    """

    digits: str
    value: Decimal
    places: int
    unit: str = ""


def is_blank(text: str) -> bool:
    """Whether a cell prints nothing, or a dash for nothing."""
    return "".join(text.split()) in BLANKS


@lru_cache(maxsize=10_000)  # a cell is read several times, and most cells of a table say 0.00 or 0
def read_number(text: str) -> PrintedNumber | None:
    """The number a cell prints, None where it prints none or anything beside number and unit.

    Reads half- and full-width digits and commas, ``878. 81``, ``△5.00``, ``(5.00)``, ``+5.00``,
    ``26%``.
    """
    if is_blank(text):
        return None
    plain = unicodedata.normalize("NFKC", text).translate(DASHES).strip()
    unit = ""
    if match := WITH_UNIT.fullmatch(plain):
        plain, unit = match["number"].strip(), match["unit"]
    if plain.startswith("(") and plain.endswith(")") and "." in plain:  # (1) is a list number
        plain = f"-{plain[1:-1].strip()}"
    digits = _whole(re.sub(r"^-\s+|^\+\s*(?=\d)", _sign, plain))
    if digits is None:
        return None
    value = Decimal(digits.replace(",", ""))
    return PrintedNumber(digits, value, len(digits.partition(".")[2]), unit)


def _sign(match: re.Match[str]) -> str:
    """A minus without the gap behind it; a plus says nothing."""
    return "-" if match.group().startswith("-") else ""


def _whole(plain: str) -> str | None:
    """The digits of one number with torn parts joined, None where they are no one number.

    A line break inside a narrow cell is closed where what comes out is well-formed.
    """
    joined = TORN.sub(r"\1", plain)
    if SPACED_THOUSANDS.fullmatch(joined):
        joined = joined.replace(" ", "")
    if "\n" in joined:
        closed = "".join(line.strip() for line in joined.split("\n"))
        joined = closed if WRAPPED.fullmatch(closed) else joined
    return joined if NUMBER.fullmatch(joined) else None


def money_unit(text: str) -> Unit | None:
    """The unit of money that ``text`` (万元, 人民币元, 单位：万元) names."""
    text = compact(text)
    return next((unit for name, unit in MONEY_UNITS.items() if name in text), None)


def count_unit(text: str) -> Unit | None:
    """The unit of a count that ``text`` (辆, 人次, ㎡) is, None for money and rates."""
    if not COUNTED.fullmatch(text) or text in RATES:
        return None
    return Unit(text, Dimension.COUNT)


def bracketed_unit(text: str) -> str:
    """The unit a name carries in brackets: 经费（万元） → 万元, 车辆数（辆） → 辆; else ``""``."""
    for inner in reversed(BRACKETED.findall(compact(text))):
        if money_unit(inner) or COUNTED.fullmatch(inner):
            return str(inner)
    return ""


def split_code(text: str) -> tuple[str, str]:
    """Code and name of a cell: ``30101 基本工资``, ``2010302一般行政管理事务``; ``""`` for none."""
    name = compact(text)
    if CODE.fullmatch(name):
        return name, ""
    if match := CODE_AND_NAME.fullmatch(name):
        return match[1], bare_name(match[2])
    return "", bare_name(text)
