"""Faults in numbers: how each is written, and whether something proves it."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from corpus.making.digits import is_positive, like, number_of, other_digits, points, swaps
from corpus.making.ground import Fault, Ground, Slip, span
from corpus.making.marks import Said
from corpus.making.printing import rounded
from corpus.making.ranges import Relation, common, expected
from corpus.making.witness import SAME, range_of


def one_digit(ground: Ground, said: Said, random: Random) -> Fault | None:
    """One digit for another."""
    some = list(other_digits(said.text))
    random.shuffle(some)
    return _first(ground, said, "digit", some, "一个数字写错")


def transposed(ground: Ground, said: Said, random: Random) -> Fault | None:
    """Two neighbouring digits in each other's place."""
    some = list(swaps(said.text))
    random.shuffle(some)
    return _first(ground, said, "transposed", some, "两个数字写颠倒")


def point(ground: Ground, said: Said, random: Random) -> Fault | None:
    """The decimal point one place to the left or right."""
    some = list(points(said.text))
    random.shuffle(some)
    return _first(ground, said, "point", some, "小数点错一位")


def smaller_unit(ground: Ground, said: Said, random: Random) -> Fault | None:
    """元 for 万元."""
    if not said.text.endswith("万元"):
        return None
    return _first(ground, said, "unit", [f"{said.text[:-2]}元"], "漏写“万”", code="NC501")


def without_percent(ground: Ground, said: Said, random: Random) -> Fault | None:
    """A rate without its sign."""
    return _bare(said, "percent", said.text[:-1], "NC502", "漏写百分号。")


def without_unit(ground: Ground, said: Said, random: Random) -> Fault | None:
    """An amount without its unit."""
    number = number_of(said.text)
    return _bare(said, "no-unit", number, "NC503", "金额后面漏写单位。")


def swapped(ground: Ground, said: Said, random: Random) -> Fault | None:
    """The amounts of two figures of one sentence in each other's place."""
    low, high = span(ground.printed.text, said.start, said.end, "。\n")
    after = [
        each
        for each in ground.printed.said
        if each.kind == "amount" and said.end <= each.start and low <= each.start < high
    ]
    if not after or after[0].figure == said.figure or not ground.is_free(after[0]):
        return None
    other = after[0]
    if not is_positive(said.text) or not is_positive(other.text):
        return None
    figures = frozenset((said.figure, other.figure))
    slips: list[Slip] = []
    proofs: list[Relation] = []
    for one, two in ((said, other), (other, said)):
        found = _against(ground, one, two.text, ground.spent | (figures - {one.figure}))
        if not found:
            return None
        note = f"两个金额写颠倒，应为{one.text}：{proof_words(ground, one, found[0])}。"
        slips.append(_slip(one, two.text, code_of(one, found), note))
        proofs += found[:1]
    return Fault("swapped", "hard", tuple(slips), figures, tuple(proofs), (said, other))


def last_year(ground: Ground, said: Said, random: Random) -> Fault | None:
    """Last year's amount for this year's."""
    last = ground.printed.figures.amounts.get(f"{said.figure}@last", 0)
    some = [_amount(ground, last)] if last else []
    return _first(ground, said, "last-year", some, "写成了上年数")


def other_fund(ground: Ground, said: Said, random: Random) -> Fault | None:
    """The amount of all money for that of one fund, or the other way round."""
    figures = ground.printed.figures
    names = figures.others.get(said.figure, ())
    some = [_amount(ground, figures.amounts[name]) for name in names]
    return _first(ground, said, "other-fund", some, "口径用错")


def denominator(ground: Ground, said: Said, random: Random) -> Fault | None:
    """A growth of this year's amount."""
    amounts = ground.printed.figures.amounts
    now, last = amounts[said.figure[1:]], amounts[f"{said.figure[1:]}@last"]
    some = [ground.form.percent(abs(now - last), now)] if now else []
    return _first(ground, said, "denominator", some, "除以了本年数")


def truncated(ground: Ground, said: Said, random: Random) -> Fault | None:
    """One less in the last place, where what is left was rounded up."""
    right = range_of(said)
    exact = exactly(ground, said.figure)
    places = len(number_of(said.text).partition(".")[2])
    middle = (right[0] + right[1]) / 2
    usual = ground.form.places if said.kind in ("ratio", "growth") else 2
    if places != usual or exact >= middle:
        return None
    proofs = []
    for relation in ground.known.relations:
        if said.figure == relation.figures[0] and ground.spent.isdisjoint(relation.figures):
            range_ = expected(relation, _ranges(ground, relation, said))
            if range_ is not None and right[0] <= range_[0] and range_[1] <= right[1]:
                proofs.append(relation)
    for twin in ground.known.said[said.figure]:
        low, high = range_of(twin)
        if twin != said and right[0] <= low and high <= right[1]:
            proofs.append(Relation(SAME, (said.figure,)))
    if not proofs:
        return None
    value = Fraction(number_of(said.text).replace(",", "")) - Fraction(1, 10**places)
    text = like(said.text, rounded(value, places))
    note = f"末位没有四舍五入，应为{said.text}。"
    slip = _slip(said, text, code_of(said, tuple(proofs)), note)
    return Fault("truncated", "minor", (slip,), frozenset((said.figure,)), tuple(proofs), (said,))


def cell(ground: Ground, said: Said, random: Random) -> Fault | None:
    """An amount of a table that breaks a sum of it."""
    some = list(other_digits(said.text))
    random.shuffle(some)
    for text in some[:12]:
        found = [r for r in _against(ground, said, text, ground.spent) if r.form == "sum"]
        if found:
            note = f"表内合计不符，应为{said.text}。"
            slip = _slip(said, text, "NC401", note)
            figures = frozenset((said.figure,))
            return Fault("cell", "hard", (slip,), figures, tuple(found), (said,))
    return None


def mention(ground: Ground, said: Said, random: Random) -> Fault | None:
    """The second mention of an amount that no table has."""
    twins = ground.known.said[said.figure]
    if len(twins) < 2 or any(each.kind == "cell" for each in twins) or said != twins[-1]:
        return None
    some = [*swaps(said.text), *other_digits(said.text)]
    random.shuffle(some)
    return _first(ground, said, "mention", some, "前后两处不一致", code="NC301")


def exactly(ground: Ground, figure: str) -> Fraction:
    """The amount (元) or the rate that a figure of the document has."""
    amounts = ground.printed.figures.amounts
    if "÷" in figure:
        part, whole = figure.split("÷")
        return Fraction(amounts[part], amounts[whole])
    if figure[0] in "Δ%":
        now, last = amounts[figure[1:]], amounts[f"{figure[1:]}@last"]
        change = abs(now - last)
        return Fraction(change, 100) if figure[0] == "Δ" else Fraction(change, last)
    return Fraction(amounts[figure], 100)


def code_of(said: Said, proofs: tuple[Relation, ...] | list[Relation]) -> str:
    """The rule that the first proof is one of."""
    if said.kind == "growth":
        return "NC201"
    if said.kind == "ratio":
        return "NC202" if said.figure.endswith("budget") else "NC203"
    first = proofs[0]
    if first.form == SAME:
        return "NC101" if "cell" in (first.figures[1:] or ("cell",)) else "NC301"
    if first.form == "ratio":
        whole = first.figures[0]
        return "NC201" if whole[0] == "%" else "NC202" if whole.endswith("budget") else "NC203"
    return {"sum": "NC204", "difference": "NC207"}.get(first.form, "NC201")


def proof_words(ground: Ground, said: Said, relation: Relation) -> str:
    """What proves the right number, for the proofreader."""
    if relation.form == SAME:
        return f"{'表中' if relation.figures[1] == 'cell' else '文中另一处'}同一数即为此"
    shown = [_shown(ground, figure, said) for figure in relation.figures]
    if relation.form == "sum":
        parts = "＋".join(shown[1:]) if len(shown) < 6 else "各分项相加"
        return f"{parts}应合{shown[0]}"
    sign = "－" if relation.form == "difference" else "与"
    if relation.form == "ratio":
        sign = "÷"
    return f"{shown[1]}{sign}{shown[2]}应得{shown[0]}"


def _shown(ground: Ground, figure: str, said: Said) -> str:
    if figure == said.figure:
        return said.text
    others = sorted(ground.known.said[figure], key=lambda each: each.kind == "cell")
    return f"{others[0].text}{others[0].alternatives[0] if others[0].kind == 'cell' else ''}"


def _first(
    ground: Ground, said: Said, sort: str, texts: list[str], what: str, *, code: str = ""
) -> Fault | None:
    """The first of some texts that is certainly wrong; numbers printed as 0 are left alone."""
    if not is_positive(said.text):
        return None
    for text in texts[:12]:
        found = _against(ground, said, text, ground.spent)
        if found:
            note = f"{what}，应为{said.text}：{proof_words(ground, said, found[0])}。"
            slip = _slip(said, text, code or code_of(said, found), note)
            figures = frozenset((said.figure,))
            return Fault(sort, "hard", (slip,), figures, tuple(found), (said,))
    return None


def _against(ground: Ground, said: Said, text: str, spent: frozenset[str]) -> tuple[Relation, ...]:
    return tuple(ground.known.against(said, text, spent))


def _bare(said: Said, sort: str, text: str, code: str, note: str) -> Fault | None:
    """A number without what says its measure; the words alone show it."""
    if not is_positive(said.text):
        return None
    slip = _slip(said, text, code, note)
    return Fault(sort, "hard", (slip,), frozenset((said.figure,)), (), (said,))


def _slip(said: Said, text: str, code: str, note: str) -> Slip:
    return Slip(said.start, said.end, text, said.start, said.end, code, note)


def _ranges(ground: Ground, relation: Relation, said: Said) -> dict[str, tuple[Fraction, Fraction]]:
    figures = [figure for figure in relation.figures if figure != said.figure]
    return {figure: common(ground.known.ranges(figure, said)) for figure in figures}


def _amount(ground: Ground, fen: int) -> str:
    return f"{ground.form.amount(fen)}{ground.form.unit}"
