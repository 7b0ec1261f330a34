"""How this document uses a name that units use in two senses, learned from its own numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from narrcheck.claims.claim import Claim, Kind
from narrcheck.claims.entries import find_entries
from narrcheck.claims.names import Names
from narrcheck.figure import Figure, TableValue
from narrcheck.patterns.words import Words
from narrcheck.quantity import Quantity


def settle_usage(
    claims: Sequence[Claim], table_values: Iterable[TableValue], words: Words
) -> tuple[Claim, ...]:
    """The claims, with names taken in the sense that the document's tables bear out.

    Some call 本年收入合计 the 收入总计. Where an amount said of such a name differs from the
    table's 收入总计 and agrees with its 本年收入合计, that is what the document means by the name;
    but not where a share of it shows that the name is meant as it stands, and the amount wrong.
    """
    values: dict[Figure, list[TableValue]] = {}
    for value in table_values:
        if value.figure is not None:
            values.setdefault(value.figure, []).append(value)
            # An amount of a year that no table has may be told with its year printed wrong.
            values.setdefault(replace(value.figure, year=None), []).append(value)
    renamed: dict[tuple[str, str], str] = {}
    as_named: set[tuple[str, str]] = set()
    for claim in claims:
        figure = claim.figure
        item = words.item(figure.item) if figure is not None and not figure.code else None
        if claim.kind is not Kind.AMOUNT or figure is None or item is None or not item.meant:
            continue
        known = figure if figure in values else replace(figure, year=None)
        if _agrees(claim, values.get(known, [])):
            as_named.add((figure.item, figure.fund))
        elif _agrees(claim, values.get(replace(known, item=item.meant), [])):
            renamed[figure.item, figure.fund] = item.meant
    for name, shares in _shares(claims, values, words).items():
        if shares["otherwise"] > 1 and not shares["named"]:
            renamed.setdefault(name, _meant(name, words))
        elif shares["named"]:
            renamed.pop(name, None)
    renamed = {name: meant for name, meant in renamed.items() if name not in as_named}
    if not renamed:
        return tuple(claims)
    return tuple(
        replace(claim, figure=_named(claim.figure, renamed), base=_named(claim.base, renamed))
        for claim in claims
    )


def _shares(
    claims: Sequence[Claim], values: Mapping[Figure, Sequence[TableValue]], words: Words
) -> Mapping[tuple[str, str], Counter[str]]:
    """By name, how many shares fit the name alone, and how many only what else it may mean.

    The amount said of such a name may be wrong; its shares then still tell what it is.
    """
    amounts: dict[Figure, dict[Quantity, None]] = {}  # each but once, however often it is said
    for claim in claims:
        if claim.kind is Kind.AMOUNT and claim.figure is not None and claim.quantity is not None:
            amounts.setdefault(claim.figure, {})[claim.quantity] = None
    found: dict[tuple[str, str], Counter[str]] = {}
    for claim in claims:
        part, whole = claim.figure, claim.base
        if claim.kind is not Kind.SHARE or part is None or whole is None or whole.code:
            continue
        meant = _meant((whole.item, whole.fund), words)
        if not meant:
            continue
        parts = tuple(amounts.get(part, ()))
        named, otherwise = (
            _is_share(claim, parts, values.get(each, ()))
            for each in (whole, replace(whole, item=meant))
        )
        if named != otherwise:  # a small share may fit both
            sense = "named" if named else "otherwise"
            found.setdefault((whole.item, whole.fund), Counter())[sense] += 1
    return found


def _meant(name: tuple[str, str], words: Words) -> str:
    """What else an item's name may mean, "" where it means one thing."""
    item = words.item(name[0])
    return item.meant if item is not None else ""


def _is_share(claim: Claim, parts: Sequence[Quantity], wholes: Sequence[TableValue]) -> bool:
    assert claim.quantity is not None
    return any(
        Fraction(0) not in whole.quantity.interval
        and claim.quantity.interval.agrees(part.interval / whole.quantity.interval)
        for part in parts
        for whole in wholes
    )


def settle_entries(
    claims: Sequence[Claim], table_values: Iterable[TableValue], names: Names
) -> tuple[Claim, ...]:
    """The claims, with entries …（项） of a name that is nowhere known told by their amounts.

    Such an entry is a 项 that the tables call otherwise: the one under its 款 that no other entry
    is about and whose amount is the one stated, if there is just one.
    """
    values = tuple(table_values)
    claimed = {claim.figure.code for claim in claims if claim.figure is not None}
    meant: dict[tuple[str, str], Figure] = {}
    for claim in claims:
        figure = claim.figure
        if claim.kind is not Kind.AMOUNT or figure is None or not _is_open_entry(figure):
            continue
        under = names.deepest(figure.item, figure.fund)
        found = {
            value.figure
            for value in values
            if value.figure is not None
            and len(value.figure.code) == 7
            and value.figure.code.startswith(under or "none")
            and value.figure.code not in claimed
            and value.figure == replace(figure, item=value.figure.item, code=value.figure.code)
            and not value.quantity.is_zero
            and _agrees(claim, [value])
        }
        if len(found) == 1:
            meant[figure.item, figure.fund] = found.pop()
    return tuple(
        replace(
            claim, figure=_told(claim.figure, meant), base=_told(claim.base, meant), reason=None
        )
        if claim.figure is not None and (claim.figure.item, claim.figure.fund) in meant
        else claim
        for claim in claims
    )


def _is_open_entry(figure: Figure) -> bool:
    return not figure.code and any(find_entries(figure.item))


def _told(figure: Figure | None, meant: dict[tuple[str, str], Figure]) -> Figure | None:
    subject = meant.get((figure.item, figure.fund)) if figure is not None else None
    if figure is None or subject is None:
        return figure
    return replace(figure, item=subject.item, code=subject.code)


def _agrees(claim: Claim, values: list[TableValue]) -> bool:
    assert claim.quantity is not None
    return any(claim.quantity.interval.agrees(value.quantity.interval) for value in values)


def _named(figure: Figure | None, renamed: dict[tuple[str, str], str]) -> Figure | None:
    if figure is None or (figure.item, figure.fund) not in renamed:
        return figure
    return replace(figure, item=renamed[figure.item, figure.fund])
