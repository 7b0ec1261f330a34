"""The one home of what findings say: messages, formulas and evidence, in plain Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from narrcheck.claims.claim import Claim, Kind
from narrcheck.document import Document
from narrcheck.figure import TableValue
from narrcheck.findings import Evidence
from narrcheck.ledger import Ledger, Operand, Relation
from narrcheck.quantity import Dimension, Interval, Quantity, round_half_up
from narrcheck.relation import Form
from narrcheck.verdicts import Repairs, Verdict, repaired

# A sum of more numbers than this is shown by its formula, not number by number.
MANY = 6
ONE_DIGIT = "有一位数字不同"
_ORDER_WORDS = {Form.MORE: "大于", Form.LESS: "小于", Form.SAME: "等于", Form.AT_MOST: "不超过"}


def expected_text(claim: Claim, quantity: Quantity) -> str:
    """What should stand in the claim's place: ``101.1%``; ``下降3.2%`` where the word is wrong."""
    if quantity.value < 0 and claim.direction:
        up, down = ("增长", "下降") if claim.kind is Kind.GROWTH else ("增加", "减少")
        return f"{down if claim.direction > 0 else up}{quantity.text.removeprefix('-')}"
    return quantity.text


def message(claim: Claim, verdict: Verdict, repairs: Repairs, expected: str) -> str:
    """The sentence for the proofreader about a claim that a relation shows to be wrong."""
    relation = verdict.relation
    formula = calculation(verdict, repairs)
    first = relation.operands[0]
    name = _name(claim)
    if relation.form is Form.EQUAL:
        other = next(o for o in relation.operands if o.claim is None or o.claim.id != claim.id)
        if other.value is not None:
            return f"{name}{claim.text}与表中的{shown(other.quantity)}不一致，应为{expected}"
        return f"{name}{claim.text}与前文的{shown(other.quantity)}不一致"
    if first.claim is not None and first.claim.id == claim.id and relation.form is not Form.SUM:
        return f"{_said(claim)}{claim.text}，按{formula}应为{expected}"
    if relation.form is Form.SUM:
        whole = shown(repaired(first, repairs).quantity)
        return f"各项相加（{formula}）与合计{whole}不符，{name}{claim.text}应为{expected}"
    stated = f"{_said(first.claim)}{first.label}" if first.claim is not None else first.label
    return f"{name}{claim.text}与“{stated}”不相符（{formula}），应为{expected}"


def order_message(claim: Claim, relation: Relation, expected: str) -> str:
    """The sentence about a word such as 大于 that the two amounts refute."""
    left, right = (shown(operand.quantity) for operand in relation.operands)
    return f"文字说“{claim.text}”，而前者为{left}，后者为{right}，应为“{expected}”"


def at_most_message(relation: Relation) -> str:
    """The sentence about a part that is larger than its whole."""
    part, whole = (operand for operand in relation.operands)
    return f"部分{shown(part.quantity)}超过了整体{shown(whole.quantity)}"


def slip_message(claim: Claim, unit: str, proved: bool) -> str:
    """The sentence about 元 printed for 万元."""
    assert claim.quantity is not None
    if claim.quantity.is_zero:
        return f"“{claim.text}”的单位与全文的{unit}不一致（数值为0，不影响结果）"
    if proved:
        return f"“{claim.text}”的单位有误，换成{unit}后与其他各数相符"
    return f"“{claim.text}”的单位与同句其他金额的{unit}不一致，请核对"


def look_at_paper(message: str) -> str:
    """What a finding says where a number that it rests on may have been misread in a picture."""
    return f"请核对原件：{message.removesuffix('。')}（文字识别不够可靠）。"


def cell_message(value: TableValue, relation: Relation, expected: Quantity | None) -> str:
    """The sentence about a wrong cell; of a sum it may be the whole or one of the parts."""
    first, *others = relation.operands
    said = f"{cell_name(value)}{shown(value.quantity)}"
    should = f"，应为{shown(expected)}" if expected else ""
    if relation.form is Form.AT_MOST:
        return f"{at_most_message(relation)}，请核对{cell_name(first.value or value)}"
    if relation.form is Form.EQUAL:
        other = first if first.value != value else others[0]
        return f"{said}与另一表的{shown(other.quantity)}不一致{should}"
    if relation.form is Form.SUM and first.value != value and first.value is not None:
        whole = f"{cell_name(first.value)}{shown(first.quantity)}"
        return f"各项之和与{whole}不符，{said}有误{should}"
    return f"{said}与{'各项之和' if relation.form is Form.SUM else '所列各数'}不符{should}"


def rivals(cells: Sequence[tuple[TableValue, Quantity]]) -> str:
    """What else may be wrong in place of a cell: the one other, or any of several."""
    if len(cells) > 1:
        return "也可能是相加的某一项有误"
    return "或者" + "".join(f"{cell_name(cell)}应为{shown(each)}" for cell, each in cells)


def cell_name(value: TableValue) -> str:
    """What a person would call a cell: “2010301 行政运行”的“小计”."""
    return "的".join(f"“{name}”" for name in (value.row_name, value.column_name) if name)


def order_words(relation: Relation) -> str:
    """The word that is true of the two amounts: 大于, 小于 or 等于."""
    left, right = (operand.interval for operand in relation.operands)
    if left.agrees(right):
        return "等于"
    return "大于" if left.middle > right.middle else "小于"


def calculation(verdict: Verdict, repairs: Repairs) -> str:
    """The left side of a formula, in the unit its numbers share: ``42.06 ÷ 41.6``."""
    operands = [repaired(operand, repairs) for operand in verdict.relation.operands]
    form = verdict.relation.form
    plain = _numbers(operands)
    if form is Form.SUM:
        signs = ["−" if operand.negative else "" for operand in operands]
        return " + ".join(map("".join, zip(signs[1:], plain[1:], strict=True))).replace("+ −", "− ")
    if form is Form.RATIO:
        return f"{plain[1]} ÷ {plain[2]}"
    if form is Form.RATE:
        return f"{plain[1]} ÷ {plain[2]} − 1"
    if form is Form.GROWTH:
        sign = "+" if operands[1].negative else "−"
        return f"{plain[1]} ÷（{plain[2]} {sign} {plain[1]}）"
    if form is Form.DIFFERENCE:
        return f"{plain[1]} − {plain[2]}"
    return " = ".join(plain)


def formula(verdict: Verdict, repairs: Repairs) -> str:
    """A formula with its outcome and the interval the printed digits allow."""
    interval = verdict.should_be
    if interval is None:
        left, right = _numbers([repaired(o, repairs) for o in verdict.relation.operands])[:2]
        word = _ORDER_WORDS.get(verdict.relation.form, "与")
        return f"{left} {word} {right}" + ("" if verdict.holds else " 不成立")
    first = repaired(verdict.relation.operands[0], repairs)
    if first.negative:
        interval = -interval
    places = max(first.quantity.places, first.quantity.usual, 1) + 1
    while _at(interval.low, first, places) == _at(interval.high, first, places) and places < 6:
        places += 1
    low, middle, high = (
        _at(each, first, places) for each in (interval.low, interval.middle, interval.high)
    )
    return f"{calculation(verdict, repairs)} = {middle}（{low}～{high}）"


def _at(amount: Fraction, like: Operand, places: int) -> str:
    """An amount in the unit of an operand, rounded to some places; money without its unit."""
    unit = like.quantity.unit
    number = round_half_up(amount / unit.scale, places)
    return f"{number:f}{'' if unit.dimension is Dimension.MONEY else unit.text}"


def _numbers(operands: list[Operand]) -> list[str]:
    """The numbers of operands, without unit where all money is in one."""
    units = {o.quantity.unit.text for o in operands if o.quantity.unit.dimension is Dimension.MONEY}
    return [
        f"{operand.quantity.value:f}"
        if operand.quantity.unit.dimension is Dimension.MONEY and len(units) == 1
        else shown(operand.quantity)
        for operand in operands
    ]


def shown(quantity: Quantity) -> str:
    """A quantity as ``42.06万元``."""
    return f"{quantity.value:f}{quantity.unit.text}"


def _name(claim: Claim) -> str:
    figure = claim.figure
    if claim.kind is Kind.CHANGE and claim.direction:
        return "增加额" if claim.direction > 0 else "减少额"
    if figure is None or not figure.item:
        return ""
    measure = figure.measure if claim.kind is Kind.AMOUNT else ""
    return f"{figure.item}{measure}" if measure not in ("", "决算数") else figure.item


def _said(claim: Claim | None) -> str:
    if claim is None:
        return ""
    if claim.kind is Kind.COMPLETION:
        measure = claim.base.measure.removesuffix("数") if claim.base else "预算"
        return f"完成{measure}的"
    if claim.kind is Kind.SHARE:
        return f"占{claim.base.item}的" if claim.base else "占"
    if claim.kind is Kind.GROWTH:
        return "增长" if claim.direction > 0 else "下降"
    if claim.kind is Kind.CHANGE:
        return "增加" if claim.direction > 0 else "减少"
    return _name(claim)


def evidence(
    ledger: Ledger, verdicts: Iterable[Verdict], accused: str, repairs: Repairs
) -> Iterator[Evidence]:
    """What a fault rests on, each once: other statements with the cells that bear them out, table
    cells, reasons, and the formulas at the end."""
    seen: set[tuple[str, int]] = set()
    formulas: list[str] = []
    for verdict in verdicts:
        operands = verdict.relation.operands
        for operand in operands if len(operands) <= MANY else operands[:1]:
            for each in _operand_evidence(ledger, operand, accused):
                at = (each.where.file, each.where.start) if each.where is not None else None
                if at is None or at not in seen:
                    yield each
                if at is not None:
                    seen.add(at)
        if verdict.relation.form is not Form.EQUAL:
            formulas.append(formula(verdict, repairs))
    for text in dict.fromkeys(formulas):
        yield Evidence("formula", text=text)


def _operand_evidence(ledger: Ledger, operand: Operand, accused: str) -> Iterator[Evidence]:
    if operand.value is not None:
        yield table_evidence(ledger.document, operand.value)
    elif operand.claim is not None and operand.claim.id != accused:
        yield Evidence("text", text=quoted(operand.claim), where=operand.claim.where)
        value = ledger.borne_out(operand.claim)
        if value is not None:
            yield table_evidence(ledger.document, value)
    if operand.because:
        yield Evidence("formula", text=operand.because)


def table_evidence(document: Document, value: TableValue) -> Evidence:
    """A cell of a table as what a finding rests on."""
    table = document.tables[value.table]
    return Evidence(
        "table",
        where=value.where,
        table=table.title,
        number=table.number,
        row=value.row_name,
        column=value.column_name,
        value=f"{value.quantity.value:f}",
        unit=value.quantity.unit.text,
    )


def quoted(claim: Claim) -> str:
    """The clause of the sentence that holds the claim's number."""
    start = max(claim.sentence.rfind(mark, 0, claim.at) for mark in "，；：。") + 1
    lead = claim.sentence[start : claim.at]
    if lead.rfind("（") > lead.rfind("）"):
        lead = lead[lead.rfind("（") + 1 :]
    if any(mark in lead for mark in "元%％"):
        lead = lead[lead.rfind("、") + 1 :]  # of a list of numbers, the one meant
    return f"{lead.strip()}{claim.text}"


def mechanism(claim: Claim, expected: Quantity) -> str | None:
    """How a claim's wrong number may have come about; None where nothing simple explains it."""
    assert claim.quantity is not None
    return slip(claim.quantity, expected)


def slip(stated: Quantity, expected: Quantity) -> str | None:
    """How a number may have come to be printed for another; None where nothing simple does it."""
    if stated.is_zero or expected.is_zero:
        return None
    if expected.value < 0:
        return "方向词有误" if expected.value == -stated.value else None
    ratio = expected.amount / stated.amount
    for power in (1, 2, 3, 4):
        if ratio in (Fraction(10) ** power, Fraction(1, 10**power)):
            return f"小数点错了{power}位" if power < 4 else "金额单位有误"
    ours, theirs = _digits(stated), _digits(expected)
    if len(ours) == len(theirs):
        differ = [
            index for index, pair in enumerate(zip(ours, theirs, strict=True)) if pair[0] != pair[1]
        ]
        if len(differ) == 2 and sorted(ours) == sorted(theirs):
            return "两位数字写反了"
        if len(differ) == 1:
            return ONE_DIGIT
    return None


def _digits(quantity: Quantity) -> str:
    return f"{quantity.value:f}".replace("-", "")


def off_by_one(claim: Claim, should_be: Interval) -> str:
    """What to say of a number that misses by one in its last place: truncated, or just off."""
    assert claim.quantity is not None
    quantity = claim.quantity
    places = max(quantity.places, quantity.usual)
    scaled = abs(should_be.middle) / quantity.unit.scale * 10**places
    floor = Fraction(scaled.numerator // scaled.denominator, 10**places)
    return "似为截断而未四舍五入" if floor == abs(Fraction(quantity.value)) else "末位相差一"
