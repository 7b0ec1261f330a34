"""应当公开的内容写明了：团组、批次、人次、保有量、分项金额、增减原因。

有“三公”经费、政府采购、机关运行经费支出的，除了金额，还要写明公开规定要求的数和原因。
只查全国统一要求的，见 patterns/required.toml；全文和表里都没有的才提示。
“三公”经费各项写了占比，就不应只缺一项的。团组、批次写0的，人次不会不是0。

正例：公务接待费支出决算为0.60万元，全年国内公务接待5批次、40人次。
反例：公务接待费支出决算为{0.60万元}。（没有批次和人次）

例文：
    2023年度部门决算

    一、收入决算情况说明

    2023年度收入合计100.00万元。

    二、支出决算情况说明

    2023年度支出合计100.00万元。

    三、“三公”经费支出决算情况说明

    公务用车运行维护费支出决算为2.00万元，公务用车保有量1辆。

    公务接待费支出决算为{0.60万元→}，用于接待来访40人次。

    四、政府采购支出情况

    政府采购支出总额8.00万元，其中：政府采购货物支出3.00万元、工程支出0万元、服务支出5.00万元。授予中小企业合同金额8.00万元。

    五、国有资产占用情况

    截至2023年12月31日，共有车辆1辆，单价100万元以上设备0台（套）。

    六、名词解释

    财政拨款收入：指本级财政拨付的资金。
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import regex

from narrcheck.claims.claim import Claim, Kind
from narrcheck.document import Document
from narrcheck.findings import Evidence, Finding, Severity, on_claim
from narrcheck.ledger import Ledger
from narrcheck.patterns.disclosures import Required

CODE = "NC603"
SLUG = "disclosure-incomplete"
_FEWEST = 5  # sections of numbers that a whole disclosure has, and an extract has not
_MOVING = (Kind.CHANGE, Kind.GROWTH, Kind.RELATION)
_GROUPS = ("团组", "接待")
# What may stand between 0个 and 6人次: no other number, no bracket, no sentence.
_APART = regex.compile(r"[，,、]?(?:[^，,、；;。（）()0-9]|[（(]境[）)]){0,12}")
_SANGONG = ("因公出国（境）费", "公务用车购置及运行维护费", "公务接待费")


def check(ledger: Ledger) -> Iterator[Finding]:
    """Requirements R4–R6: what the rules of publication ask for stands in the text or a table."""
    document = ledger.document
    yield from _shares_left_out(ledger)
    yield from _people_of_no_group(ledger)
    if not _is_whole(ledger):
        return
    text = _text(document)
    lacking: dict[str, list[str]] = {}
    for required in ledger.patterns.disclosures.required:
        if _applies(required, document) and not required.regex.search(text):
            claim = _reason_to_ask(ledger, required)
            if claim is not None:
                lacking.setdefault(claim.id, []).append(required.message.removesuffix("。"))
    for identity, messages in lacking.items():
        said = f"{'；'.join(dict.fromkeys(messages))}。"
        yield on_claim(ledger.by_id[identity], CODE, SLUG, Severity.INFO, said)


def _people_of_no_group(ledger: Ledger) -> Iterator[Finding]:
    """出国团组0个，6人次: people who came in no group, or went in none (formula C15)."""
    for group, people in pairwise(ledger.of_kind(Kind.COUNT)):
        between = ledger.document.text[group.where.end : people.where.start]
        if not group.is_beside(people) or not _APART.fullmatch("".join(between.split())):
            continue
        if _is_of_groups(group) and group.quantity is not None and group.quantity.is_zero:
            unit = people.quantity.unit.text if people.quantity is not None else ""
            if unit in ("人", "人次") and _moves(people):
                message = f"前面写{group.text}，这里却有{people.text}，请核对。"
                evidence = (Evidence("text", text=group.text, where=group.where),)
                yield on_claim(people, CODE, SLUG, Severity.WARNING, message, evidence=evidence)


def _is_of_groups(claim: Claim) -> bool:
    """Whether a count is of groups of travellers or visits of guests."""
    named = claim.figure is not None and any(word in claim.figure.item for word in _GROUPS)
    return named and claim.quantity is not None and claim.quantity.unit.text not in ("人", "人次")


def _is_whole(ledger: Ledger) -> bool:
    """Whether this is a disclosure and no extract of one, in which much may be missing.

    A disclosure has contents, or explains its terms at the end (requirement R8).
    """
    document = ledger.document
    framed = bool(document.contents) or any("名词" in s.title for s in document.sections)
    return framed and len({c.section[:2] for c in ledger.claims if c.section}) >= _FEWEST


def _applies(required: Required, document: Document) -> bool:
    kinds = not required.kinds or document.kind in required.kinds
    return kinds and (document.year or 0) >= required.since


def _text(document: Document) -> str:
    """All that is said, without white space, a paragraph or row a line; not what is defined."""
    lines = [
        paragraph.text
        for paragraph in document.paragraphs
        if paragraph.role in ("body", "note")
        and not any("名词" in title for title in document.section_path(paragraph.section))
    ]
    for table in document.tables:
        lines += ["".join(cell.text for cell in row) for row in table.rows]
    return "\n".join("".join(line.split()) for line in lines)


def _reason_to_ask(ledger: Ledger, required: Required) -> Claim | None:
    """The claim that asks for it: a change, or an amount that is not 0, in a section on it."""
    inside = [
        claim
        for claim in ledger.claims
        if any(required.section in title for title in claim.section)
        and not any("附件" in "".join(title.split()) for title in claim.section)
    ]
    about = [
        claim for claim in inside if claim.figure is not None and claim.figure.item == required.item
    ]
    if required.moved:
        return next((c for c in about if c.kind in _MOVING and c.direction and _moves(c)), None)
    if not required.item:
        return inside[0] if inside else None
    measure = f"{ledger.document.kind}数"
    return next(
        (
            claim
            for claim in about
            if claim.kind is Kind.AMOUNT
            and claim.quantity is not None
            and not claim.quantity.is_zero
            and claim.figure is not None
            and claim.figure.measure == measure
            and claim.figure.year == ledger.document.year
        ),
        None,
    )


def _moves(claim: Claim) -> bool:
    return claim.quantity is None or not claim.quantity.is_zero


def _shares_left_out(ledger: Ledger) -> Iterator[Finding]:
    """Of the three items of the “三公” in one sentence, the one without the share of the others."""
    amounts: dict[tuple[int, str], dict[str, Claim]] = {}
    for claim in ledger.of_kind(Kind.AMOUNT):
        if claim.figure is not None and claim.figure.item in _SANGONG:
            key = (claim.paragraph, claim.sentence)
            amounts.setdefault(key, {}).setdefault(claim.figure.item, claim)
    shares: dict[tuple[int, str], dict[str, Claim]] = {}
    for claim in ledger.of_kind(Kind.SHARE):
        if claim.figure is not None and claim.figure.item in _SANGONG:
            shares.setdefault((claim.paragraph, claim.sentence), {})[claim.figure.item] = claim
    for key, stated in amounts.items():
        having = shares.get(key, {})
        lacking = [item for item in _SANGONG if item not in having]
        if len(stated) == len(_SANGONG) and len(lacking) == 1:
            other = next(iter(having.values()))
            message = f"{lacking[0]}没有写占比，同句其余两项都写了。"
            evidence = (Evidence("text", text=other.text, where=other.where),)
            yield on_claim(
                stated[lacking[0]], CODE, SLUG, Severity.INFO, message, evidence=evidence
            )
