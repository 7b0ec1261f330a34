"""Faults in words: ways and orders, years, what was left of the template, lists and tables."""

from __future__ import annotations

from random import Random

from corpus.making.ground import Fault, Ground, Slip, span
from corpus.making.marks import Said
from corpus.making.ranges import Range, Relation, apart, broken, common
from corpus.making.witness import ORDER, range_of


def way(ground: Ground, said: Said, random: Random) -> Fault | None:
    """增 for 减, where another word or the amounts of both years say otherwise."""
    proofs = _proofs_of_way(ground, said)
    number = _after(ground, said)
    if not proofs or number is None:
        return None
    code = "NC201" if any(each.figures[0][0] == "%" for each in proofs) else "NC205"
    note = f"增减写反，应为{said.text}。"
    slip = Slip(said.start, said.end, said.alternatives[0], said.start, number.end, code, note)
    return Fault("way", "hard", (slip,), _of_change(said), proofs, (said,))


def order(ground: Ground, said: Said, random: Random) -> Fault | None:
    """大于 for 小于."""
    return _held_against(ground, said, "order", 0, "大小写反")


def level(ground: Ground, said: Said, random: Random) -> Fault | None:
    """持平 where the amounts differ."""
    if said.kind == "order":
        return _held_against(ground, said, "level", 1, "两数不等，不是持平")
    inside = [each for each in ground.printed.said if said.holds(each)]
    if any(not ground.is_free(each) for each in inside if each.is_number):
        return None
    figure = said.figure[1:]
    proofs = [*_apart(ground, figure, f"{figure}@last")]
    outside = [e for e in ground.known.said[said.figure] if not said.holds(e)]
    if outside and said.figure not in ground.spent:
        proofs.append(Relation(ORDER, (said.figure,)))
    if not proofs:
        return None
    note = "两年的数不等，不是持平。"
    text = said.alternatives[0]
    slip = Slip(said.start, said.end, text, said.start, said.end, "NC205", note, mends=False)
    figures = _of_change(said)
    return Fault("level", "hard", (slip,), figures, tuple(proofs), (said,))


def template(ground: Ground, said: Said, random: Random) -> Fault | None:
    """Both words of the template left."""
    number = _after(ground, said)
    if number is None:
        return None
    note = "模板的二选一没有选。"
    slip = Slip(said.start, said.end, said.alternatives[1], said.start, number.end, "NC506", note)
    return Fault("template", "text", (slip,), _of_change(said), (), (said,))


def blank(ground: Ground, said: Said, random: Random) -> Fault | None:
    """No number before its unit."""
    number = said.text.rstrip("万元%％")
    text = f" {said.text[len(number) :]}"
    before = [each for each in ground.printed.said if each.kind == "way" and each.end == said.start]
    first = before[0].start if before else said.start - 1
    if not number.strip("0.") or "\n" in ground.printed.text[first : said.start]:
        return None
    note = f"空着没有填，应为{said.text}。"
    slip = Slip(said.start, said.end, text, first, said.end, "NC507", note, mends=False)
    figures = frozenset((said.figure,))
    return Fault("blank", "text", (slip,), figures, (), (said,))


def year(ground: Ground, said: Said, random: Random) -> Fault | None:
    """Last year's number, where what is said of the year was not the same in that one."""
    amounts = ground.printed.figures.amounts
    _, high = span(ground.printed.text, said.start, said.end, "。；\n")
    after = [e for e in ground.printed.said if said.end <= e.start < high and e.is_number]
    if not after or amounts.get(f"{after[0].figure}@last") == amounts.get(after[0].figure):
        return None
    note = f"年份没有改，应为{said.text}。"
    text = said.alternatives[0]
    slip = Slip(said.start, said.end, text, said.start, said.end, "NC302", note)
    return Fault("year", "text", (slip,), frozenset(), (), (said,))


def listed(ground: Ground, said: Said, random: Random) -> Fault | None:
    """A name in a list whose amount is 0 in the table."""
    if not said.alternatives:
        return None
    chosen = random.randrange(len(said.alternatives) // 2) * 2
    text, name = said.alternatives[chosen : chosen + 2]
    if any(name in each for each in said.text.split("、")):
        return None
    note = f"{name}在表中没有金额，不应列。"
    slip = Slip(
        said.start, said.end, text, said.start, said.end, "NC102", note, mends=False, extra=name
    )
    return Fault("listed", "text", (slip,), frozenset(), (), (said,))


def item(ground: Ground, said: Said, random: Random) -> Fault | None:
    """The name of a 项 that the tables do not have."""
    names = [name for name in said.alternatives if name not in ground.printed.text]
    if not names:
        return None
    note = f"表中没有这个科目，应为{said.text}。"
    slip = Slip(said.start, said.end, random.choice(names), said.start, said.end, "NC103", note)
    return Fault("item", "text", (slip,), frozenset(), (), (said,))


def table(ground: Ground, said: Said, random: Random) -> Fault | None:
    """A table that is in the 目录 and nowhere else."""
    for each in ground.printed.said:
        if each.kind == "table" and each.figure == said.figure:
            end = each.end + 2  # with the empty line below
            note = "目录列有，正文没有这张表；没有数据也应列出空表并说明。"
            slip = Slip(each.start, end, "", said.start, said.end, "NC601", note, mends=False)
            return Fault("table", "text", (slip,), frozenset(), (), (said,))
    return None


def _of_change(said: Said) -> frozenset[str]:
    """A change and its rate: what a word for the way is about."""
    return frozenset((said.figure, f"%{said.figure[1:]}"))


def _after(ground: Ground, said: Said) -> Said | None:
    """The number right after a word for the way, where its figure has no fault."""
    for each in ground.printed.said:
        if each.start == said.end and each.is_number:
            return each if ground.is_free(each) else None
    return None


def _proofs_of_way(ground: Ground, said: Said) -> tuple[Relation, ...]:
    """What shows that the other way is wrong: rates and years that then do not fit."""
    figure = said.figure[1:]
    proofs = []
    for relation in ground.known.relations:
        figures = relation.figures
        if relation.form not in ("difference", "growth") or figures[0][1:] != figure:
            continue
        if ground.spent.isdisjoint(figures):
            ranges = {
                name: common([range_of(each) for each in ground.known.said[name]])
                for name in figures
            }
            if broken(Relation(relation.form, figures, not relation.up), ranges):
                proofs.append(relation)
    return tuple(proofs)


def _range(ground: Ground, figure: str) -> Range | None:
    some = ground.known.said.get(figure, ())
    return common([range_of(each) for each in some]) if some else None


def _apart(ground: Ground, one: str, other: str) -> list[Relation]:
    """That two figures, both printed and neither at fault, certainly differ."""
    left, right = _range(ground, one), _range(ground, other)
    proof = Relation(ORDER, (one, other))
    if left is None or right is None or not ground.spent.isdisjoint(proof.figures):
        return []
    return [proof] if apart(left, right) else []


def _held_against(ground: Ground, said: Said, sort: str, which: int, what: str) -> Fault | None:
    one, other = said.figure.split("?")
    if len(said.alternatives) < 2:
        return None
    proofs = _apart(ground, one, other)
    rate = f"{one}÷{other}"
    range_ = _range(ground, rate)
    if range_ is not None and rate not in ground.spent and not range_[0] <= 1 <= range_[1]:
        proofs.append(Relation(ORDER, (rate,)))
    if not proofs:
        return None
    text = said.alternatives[which]
    note = f"{what}。"
    mends = which == 0
    slip = Slip(said.start, said.end, text, said.start, said.end, "NC205", note, mends)
    return Fault(sort, "hard", (slip,), frozenset(), tuple(proofs), (said,))
