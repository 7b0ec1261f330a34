"""What must hold: one module a rule, each with its code, its page, and ``check(ledger)``.

A rule yields relations between numbers (judged elsewhere), suspects, or findings of its own.
"""

from __future__ import annotations

from types import ModuleType

from narrcheck.rules import (
    amount_matches_table,
    base_is_zero,
    blank_left_open,
    change_matches_years,
    completion_matches_budget,
    counts_match_amounts,
    direction_matches_amounts,
    disclosure_incomplete,
    empty_table_and_text_agree,
    growth_matches_change,
    item_named_as_in_table,
    listed_items_match_table,
    name_matches_document,
    number_written_wrong,
    part_within_whole,
    parts_add_up,
    percent_or_points,
    percent_sign_missing,
    punctuation_around_number,
    same_figure_said_twice,
    section_listed_but_missing,
    share_matches_whole,
    sign_and_word_clash,
    table_adds_up,
    table_listed_but_missing,
    tables_agree,
    template_residue,
    unit_missing,
    unit_slip,
    year_matches_document,
)

RULES: tuple[ModuleType, ...] = (
    amount_matches_table,
    listed_items_match_table,
    item_named_as_in_table,
    empty_table_and_text_agree,
    growth_matches_change,
    completion_matches_budget,
    share_matches_whole,
    parts_add_up,
    direction_matches_amounts,
    part_within_whole,
    change_matches_years,
    counts_match_amounts,
    same_figure_said_twice,
    name_matches_document,
    year_matches_document,
    table_adds_up,
    tables_agree,
    unit_slip,
    percent_sign_missing,
    unit_missing,
    base_is_zero,
    sign_and_word_clash,
    template_residue,
    blank_left_open,
    number_written_wrong,
    percent_or_points,
    punctuation_around_number,
    table_listed_but_missing,
    section_listed_but_missing,
    disclosure_incomplete,
)
