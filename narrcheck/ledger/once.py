"""What several rules look for in one ledger, and is found once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from narrcheck.ledger.book import Ledger

Each = TypeVar("Each")


def once(find: Callable[[Ledger], Iterable[Each]]) -> Callable[[Ledger], tuple[Each, ...]]:
    """The same function, called once for each ledger: what it found is kept there."""

    @wraps(find)
    def found(ledger: Ledger) -> tuple[Each, ...]:
        return ledger.kept(find, lambda: find(ledger))

    return found
