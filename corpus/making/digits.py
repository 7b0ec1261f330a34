"""Other ways to write a number: what a slip of the hand makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from corpus.making.ranges import NUMBER


def number_of(text: str) -> str:
    """The number that a printed one begins with, without its unit."""
    match = NUMBER.match(text)
    if match is None:
        raise ValueError(f"{text} begins with no number")
    return match[0]


def is_positive(text: str) -> bool:
    """Whether the printed number is more than 0."""
    return any(letter in "123456789" for letter in number_of(text))


def like(text: str, number: str) -> str:
    """The number written as ``text`` is: with its unit, and thousands parted where its are."""
    unit = text[len(number_of(text)) :]
    whole, dot, rest = number.partition(".")
    return f"{int(whole):,}{dot}{rest}{unit}" if "," in text else f"{number}{unit}"


def other_digits(text: str) -> Iterator[str]:
    """Each digit replaced by each other; no 0 comes to lead."""
    number = number_of(text)
    for at, letter in enumerate(number):
        leads = at == 0 and number[1:2] not in ("", ".")
        if letter.isdigit():
            for other in "0123456789":
                if other != letter and not (leads and other == "0"):
                    yield f"{number[:at]}{other}{text[at + 1 :]}"


def swaps(text: str) -> Iterator[str]:
    """Each two neighbouring digits in each other's place; no 0 comes to lead."""
    number = number_of(text)
    places = [at for at, letter in enumerate(number) if letter.isdigit()]
    for one, two in pairwise(places):
        leads = one == 0 and number[two] == "0" and len(number.partition(".")[0]) > 1
        if number[one] != number[two] and not leads:
            letters = list(number)
            letters[one], letters[two] = letters[two], letters[one]
            yield f"{''.join(letters)}{text[len(number) :]}"


def points(text: str) -> Iterator[str]:
    """The decimal point one place to the left and to the right."""
    number = number_of(text)
    whole, _, rest = number.replace(",", "").partition(".")
    for moved in (-1, 1):
        digits, at = whole + rest, len(whole) + moved
        digits = digits.ljust(at, "0")
        left, right = digits[:at].lstrip("0") or "0", digits[at:]
        new = f"{left}.{right}" if right else left
        if new != number.replace(",", ""):
            yield like(text, new)
