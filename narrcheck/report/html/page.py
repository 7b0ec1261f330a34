"""Writes the page: what is shown, poured into the templates beside this file."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined

from narrcheck.claims.claim import Claim, Unread
from narrcheck.figure import TableValue
from narrcheck.findings import DocumentReport
from narrcheck.report.held import explain
from narrcheck.report.html.cards import WORDS, Line, cards_of
from narrcheck.report.html.flow import Grid, flow_of
from narrcheck.report.html.marks import Marked
from narrcheck.report.html.overview import overview_of
from narrcheck.report.html.places import Place, places_of
from narrcheck.report.html.problems import (
    codes,
    groups,
    in_order,
    problems_of,
    rule_titles,
    sections,
    severities,
    standings,
)
from narrcheck.report.html.sheets import sheets_of
from narrcheck.report.lines import place as at
from narrcheck.report.lines import plain
from narrcheck.report.standing import SOLVED, STALE, earlier_line, stale_line, standing_counts
from narrcheck.report.text import SEVERITIES

AROUND = 24  # characters of a sentence shown on either side of a number
STYLES = ("page.css", "document.css", "narrow.css")
SCRIPTS = ("page.js",)
# Signs that tell a place's status without colour; a browser draws them, they are not in the text.
SIGNS = {"agrees": "✓", "disagrees": "≠", "malformed": "!", "unchecked": "?", "unread": "…"}


def write_html(report: DocumentReport, data: bytes, *, hidden: int = 0) -> str:
    """One page with all that is in ``report``; ``data`` is the file that was checked.

    ``hidden`` is how many findings the caller left out of it (--select, --ignore, settings).
    It needs nothing from outside and lets nothing in: its policy forbids all but its own style
    and script. The same report and file give the same text.
    """
    style, script = (_joined(names) for names in (STYLES, SCRIPTS))
    html = (
        _templates()
        .get_template("page.html.jinja")
        .render(
            _shown(report, data, hidden), style=style, script=script, policy=_policy(style, script)
        )
    )
    return html if html.endswith("\n") else html + "\n"


def _shown(report: DocumentReport, data: bytes, hidden: int) -> dict[str, object]:
    """All that the templates speak of, by the names they give it."""
    report = replace(report, findings=in_order(report.findings))
    places = places_of(report, explain(report, {}))
    problems, titles = problems_of(report, places), rule_titles()
    return {
        "overview": overview_of(report, hidden),
        "problems": problems,
        "titles": titles,
        "groups": groups(problems, report),
        "severities": severities(problems),
        "codes": codes(problems, titles),
        "sections": sections(problems, report),
        "standings": standings(problems),
        "standing_counts": standing_counts(report),
        "compared": report.triage.earlier is not None,
        "solved": [Line(earlier_line(each)) for each in report.solved()],
        "stale": [Line(stale_line(each)) for each in report.stale()],
        "blocks": flow_of(report, places),
        "cards": list(cards_of(report, places)),
        "sheets": sheets_of(report.document, places.all, data),
        "unread": [each for each in places.all if each.status == "unread"],
        "unchecked": [each for each in places.all if each.status == "unchecked"],
    }


def _policy(style: str, script: str) -> str:
    """What the page may do: show its own pictures, apply its own style, run its own script."""
    hashes = (b64encode(sha256(each.encode()).digest()).decode() for each in (style, script))
    style_hash, script_hash = hashes
    return (
        f"default-src 'none'; img-src data:; style-src 'sha256-{style_hash}'; "
        f"script-src 'sha256-{script_hash}'; base-uri 'none'; form-action 'none'"
    )


def _joined(names: tuple[str, ...]) -> str:
    return "\n".join(_source(name) for name in names)


def _source(name: str) -> str:
    """A file beside this one; in a wheel, an editable install and a checkout alike."""
    text = files("narrcheck.report.html").joinpath(name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


@cache
def _templates() -> Environment:
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FunctionLoader(_source),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        WORDS=WORDS,
        SIGNS=SIGNS,
        SEVERITIES=SEVERITIES,
        SOLVED=SOLVED,
        STALE=STALE,
        label=label,
        said=lambda place: "，".join(filter(None, (_words(place), label(place)))),
        excerpt=excerpt,
        at=at,
        number=lambda points: f"{points:.1f}",
    )
    environment.tests.update(
        marked=lambda each: isinstance(each, Marked),
        place=lambda each: isinstance(each, Place),
        grid=lambda each: isinstance(each, Grid),
    )
    return environment


def label(place: Place) -> str:
    """What a screen reader says of a place after its words: 不符，问题3."""
    said = [WORDS[place.status]] if place.number is not None else []
    if place.findings:
        said.append("问题" + "、".join(str(nth + 1) for nth in place.findings))
    if place.proves:
        said.append("问题" + "、".join(str(nth + 1) for nth in place.proves) + "的依据")
    return "，".join(said)


def _words(place: Place) -> str:
    """The words of a number; of a mere place it is not known here."""
    if place.number is None:
        return ""
    read = place.number.read
    return plain(read.quantity.text if isinstance(read, TableValue) else read.text)


def excerpt(place: Place) -> str:
    """The sentence of a number, cut down to what is around it."""
    read = place.number.read if place.number is not None else None
    if not isinstance(read, Claim | Unread):
        return ""
    at = read.at if isinstance(read, Claim) else max(read.sentence.find(read.text), 0)
    first, last = max(at - AROUND, 0), at + len(read.text) + AROUND
    before, after = ("…" if first else ""), ("…" if last < len(read.sentence) else "")
    return plain(f"{before}{read.sentence[first:last]}{after}")
