"""What must hold: one module a rule, each with its code, its page, and ``check(ledger)``.

A rule yields relations between numbers (judged elsewhere), suspects, or findings of its own.
"""

from __future__ import annotations

from types import ModuleType

from narrcheck.rules import (
    amount_matches_table,
    base_is_zero,
    completion_matches_budget,
    direction_matches_amounts,
    growth_matches_change,
    item_named_as_in_table,
    listed_items_match_table,
    name_matches_document,
    part_within_whole,
    parts_add_up,
    percent_sign_missing,
    same_figure_said_twice,
    share_matches_whole,
    table_listed_but_missing,
    unit_missing,
    unit_slip,
    year_matches_document,
)

RULES: tuple[ModuleType, ...] = (
    amount_matches_table,
    listed_items_match_table,
    item_named_as_in_table,
    growth_matches_change,
    completion_matches_budget,
    share_matches_whole,
    parts_add_up,
    direction_matches_amounts,
    part_within_whole,
    same_figure_said_twice,
    name_matches_document,
    year_matches_document,
    unit_slip,
    percent_sign_missing,
    unit_missing,
    base_is_zero,
    table_listed_but_missing,
)
