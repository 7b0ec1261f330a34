"""The HTML page: what is in it, and how it behaves in a browser."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hatchling.builders.wheel import WheelBuilder
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as markup
from made.findings import at, cell_evidence, fault, loaded, report_of
from made.paper import LEFT, pdf, table, text
from made.sheets import workbook
from PIL import Image
from playwright.sync_api import Browser, Dialog, Page, Route, expect, sync_playwright

from narrcheck.check import check
from narrcheck.claims.claim import Claim, Reading, Unread
from narrcheck.document import Where
from narrcheck.findings import (
    DocumentReport,
    Earlier,
    Evidence,
    Finding,
    Report,
    Severity,
    Suppression,
    Triage,
)
from narrcheck.load import load
from narrcheck.load.pdf.pictures import page_pictures
from narrcheck.report.html import write_html
from narrcheck.report.html.marks import Marked, Span, marked
from narrcheck.report.html.sheets import MOST_PAGES
from narrcheck.report.json import write_json
from narrcheck.report.lines import plain
from narrcheck.report.text import evidence_line

ROOT = Path(__file__).parent.parent
FAULTY = ROOT / "corpus" / "hunan-2023" / "决算-有误.txt"
WIDE, NARROW = (1280, 860), (390, 844)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed")

PROSE = "\n".join(
    [
        text("2023年度收入总计885.50万元，与上年相比增加68.11万元，增长", LEFT, 100),
        text("7.7%，主要是追加了资金。", LEFT, 130),
    ]
)
GRID = table([["项目", "决算数"], ["合计", "885.50"], ["基本支出", "310.20"]], (90, 250, 400), 110)
PDF = pdf(PROSE, GRID)

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def report() -> DocumentReport:
    """The report of a made document with faults."""
    return check(FAULTY)


@pytest.fixture(scope="module")
def page_file(report: DocumentReport, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its HTML page."""
    path = tmp_path_factory.mktemp("html") / "报告.html"
    path.write_text(write_html(report, FAULTY.read_bytes()), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def tree(page_file: Path) -> Any:
    """The elements of that page, the cards among them."""
    return markup.document_fromstring(page_file.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests of the module."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM)
        yield started
        started.close()


@pytest.fixture
def opened(browser: Browser) -> Iterator[Open]:
    """Opens pages, and fails where one asked for anything or complained of anything."""
    wrong: list[str] = []
    pages: list[Page] = []

    def complain(kind: str) -> Callable[[Any], None]:
        return lambda said: wrong.append(f"{kind}: {getattr(said, 'text', said)}")

    def refuse(dialog: Dialog) -> None:
        wrong.append("a dialog")
        dialog.dismiss()

    def open_page(
        path: Path, size: tuple[int, int] = WIDE, *, hash: str = "", scheme: str = "light"
    ) -> Page:
        page = browser.new_page(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
        )
        pages.append(page)
        own = path.as_uri()

        def answer(route: Route) -> None:
            if route.request.url.split("#")[0] == own:
                route.continue_()
            else:
                wrong.append(f"asked for {route.request.url}")
                route.abort()

        page.route(re.compile("^(?!data:)"), answer)
        page.on("console", complain("console"))
        page.on("pageerror", complain("error"))
        page.on("dialog", refuse)
        page.goto(own + hash)
        return page

    yield open_page
    for page in pages:
        page.close()
    assert wrong == []


def tree_of(report: DocumentReport, data: bytes = b"") -> Any:
    """The elements of a report's page; the cards, which a browser keeps aside, among them."""
    return markup.document_fromstring(write_html(report, data))


def words_of(element: Any) -> str:
    """All text of an element, on one line."""
    return " ".join(element.text_content().split())


def in_view(page: Page, selector: str) -> bool:
    """Whether the middle of an element can be seen, nothing lying over it."""
    return bool(
        page.evaluate(
            """selector => {
                const one = document.querySelector(selector);
                const box = one.getClientRects()[0];
                const x = box.x + box.width / 2, y = box.y + box.height / 2;
                const top = document.elementFromPoint(x, y);
                return top !== null && (one.contains(top) || top.contains(one));
            }""",
            selector,
        )
    )


def faulty_pdf() -> DocumentReport:
    """A fault in a PDF's text that rests on a cell of its second page."""
    document = loaded(PDF)
    cell = cell_evidence(at(document, "885.50", nth=2), "885.50")
    return report_of(document, fault(at(document, "7.7%"), "7.7%", evidence=(cell,)))


# What is in the page


def test_every_claim_has_a_mark_with_its_status(report: DocumentReport, tree: Any) -> None:
    by_place: dict[str, list[Any]] = {}
    for mark in tree.xpath('//*[@data-place and contains(@class, "mark")]'):
        by_place.setdefault(mark.get("data-place"), []).append(mark)
    said = json.loads(write_json(Report((report,))))["documents"][0]
    assert len(said["claims"]) > 100
    for claim in said["claims"]:
        marks = by_place[claim["id"]]
        assert all(claim["status"] in mark.get("class").split() for mark in marks)
        shown = "".join(mark.text_content() for mark in marks)
        assert "".join(shown.split()) == "".join(claim["text"].split())


def test_numbers_that_are_no_claims_have_quieter_marks(report: DocumentReport, tree: Any) -> None:
    marks = tree.xpath('//*[contains(@class, "mark silent")]')
    assert len(marks) == len(report.reading.no_claims)


def test_an_unread_number_is_marked_and_listed(report: DocumentReport) -> None:
    source = replace(report, findings=())
    claim = source.reading.claims[0]
    unread = tree_of(_as_unread(source, claim))
    (mark,) = unread.xpath('//*[contains(@class, "mark unread")]')
    assert words_of(mark).replace(" ", "") == claim.text
    assert claim.text in words_of(unread.xpath('//details[.//text()="未读懂的数字 "]')[0])


def _as_unread(report: DocumentReport, claim: Claim) -> DocumentReport:
    reading = Reading(
        tuple(each for each in report.reading.claims if each is not claim),
        report.reading.no_claims,
        (Unread(claim.text, claim.sentence, claim.where),),
    )
    return replace(report, reading=reading, relations=())


def test_a_finding_shows_all_that_is_known_of_it(report: DocumentReport, tree: Any) -> None:
    items = {item.get("id"): item for item in tree.xpath('//li[contains(@class, "finding")]')}
    assert len(items) == len(report.findings) > 5
    for finding in report.findings:
        shown = words_of(items[finding.fingerprint])
        for words in (finding.code, finding.message, finding.expected, finding.diagnosis):
            assert " ".join(plain(words or "").split()) in shown
        for evidence in finding.evidence:
            assert " ".join(evidence_line(evidence).split()) in shown


def test_every_finding_and_every_evidence_leads_to_a_place(tree: Any) -> None:
    targets = {each.get("data-place") for each in tree.xpath('//*[@id="flow"]//*[@data-place]')}
    for item in tree.xpath('//li[contains(@class, "finding")]'):
        assert item.get("data-place") in targets
    links = tree.xpath("//*[@data-go]/@data-go")
    assert len(links) > 100
    assert set(links) <= targets
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_every_cell_of_every_table_is_shown(report: DocumentReport, tree: Any) -> None:
    grids = tree.xpath('//figure[@class="grid"]')
    assert len(grids) == len(report.document.tables)
    for grid, source in zip(grids, report.document.tables, strict=True):
        shown = [words_of(cell) for cell in grid.xpath(".//td | .//th")]
        assert set(shown) >= {" ".join(each.text.split()) for row in source.rows for each in row}


def test_the_head_counts_what_was_checked(report: DocumentReport, tree: Any) -> None:
    head = words_of(tree.xpath("//header")[0])
    assert "星汉市雾山区数据资源管理局" in head
    assert f"陈述 {len(report.reading.claims)} 条" in head
    agrees = sum(status.value == "agrees" for status in report.statuses.values())
    assert f"相符 {agrees}" in head
    assert report.document.sha256 in words_of(tree.xpath("//footer")[0])


def test_notices_are_shown() -> None:
    made = faulty_pdf()
    notice = "第3页是图片，没有读取。"
    made = replace(made, document=replace(made.document, notices=(notice,)))
    assert notice in words_of(tree_of(made, PDF).xpath('//ul[@class="notices"]')[0])


def test_what_was_known_before_is_told_from_what_is_new(report: DocumentReport) -> None:
    first, second, *_ = report.findings
    gone = Earlier("f" * 16, "NC203", Severity.ERROR, "12.5%", "占比应为13.5%。")
    old = Earlier(first.fingerprint, first.code, first.severity, first.text, first.message)
    let = Suppression(second.fingerprint, "上级已批复 <b>", second.code, second.text)
    stale = Suppression("e" * 16, "口径不同", "NC101", "3.5万元")
    tree = tree_of(replace(report, triage=Triage((gone, old), (let, stale))))
    standing = {
        item.get("id"): item.get("data-standing") for item in tree.xpath("//li[@data-standing]")
    }
    assert standing.pop(first.fingerprint) == "known"
    assert standing.pop(second.fingerprint) == "suppressed"
    assert set(standing.values()) == {"new"}
    assert "上级已批复 <b>" in words_of(tree.get_element_by_id(second.fingerprint))
    further = [words_of(each) for each in tree.xpath("//details")]
    assert any("已解决" in each and "占比应为13.5%。" in each for each in further)
    assert any("已不适用" in each and "口径不同" in each for each in further)


def test_without_findings_it_says_how_much_was_checked(report: DocumentReport) -> None:
    shown = words_of(tree_of(replace(report, findings=())).get_element_by_id("list"))
    assert "未发现问题：" in shown
    nothing = report_of(loaded(PDF))
    assert "不说明文中数字无误" in words_of(tree_of(nothing, PDF).get_element_by_id("list"))


def test_tables_of_a_second_file_are_shown_with_their_faults(tmp_path: Path) -> None:
    source = load(FAULTY)
    tables = tmp_path / "表<i>.xlsx"
    tables.write_bytes(workbook(source))
    prose = tmp_path / "说明.txt"
    start = source.text.index("第三部分", source.text.index("第三部分") + 1)
    prose.write_text(source.text[start:], encoding="utf-8")
    report = check(prose, tables=tables)
    assert any(each.file for finding in report.findings for each in _wheres(finding))
    tree = tree_of(report)
    assert "表<i>.xlsx" in words_of(tree.xpath('//p[@class="apart"]')[0])
    assert tree.xpath('//figure[@class="grid"]//*[contains(@class, "proof")]')


def _wheres(finding: Finding) -> list[Where]:
    return [each.where for each in finding.evidence if each.where is not None]


def test_words_that_no_paragraph_shows_get_a_line_of_their_own() -> None:
    document = replace(loaded(PDF), paragraphs=())
    where = document.where(0, 8)
    report = report_of(document, fault(where, document.text[0:8]))
    (stray,) = tree_of(report, PDF).xpath('//p[@class="stray"]')
    assert stray.xpath('.//*[contains(@class, "fault")]')


def test_the_page_is_the_same_every_time(report: DocumentReport) -> None:
    other = replace(report, seconds=report.seconds + 9)
    assert write_html(report, b"") == write_html(other, b"")
    made = faulty_pdf()
    assert write_html(made, PDF) == write_html(made, PDF)


def test_a_wheel_has_all_files_that_the_page_is_made_of() -> None:
    folder = ROOT / "narrcheck" / "report" / "html"
    names = {f"narrcheck/report/html/{each.name}" for each in folder.iterdir() if each.is_file()}
    assert any(name.endswith(".css") for name in names)
    included = {each.distribution_path for each in WheelBuilder(str(ROOT)).recurse_included_files()}
    assert names <= included


# Marks


@given(
    st.text("ab数\u202e\n", max_size=20),
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20), st.sampled_from("xyz"))),
)
def test_marks_nest_and_no_character_is_lost(words: str, drawn: list[tuple[int, int, str]]) -> None:
    spans = [Span(min(a, b), min(max(a, b), len(words)), what) for a, b, what in drawn]

    def flat(pieces: Any, around: frozenset[str] = frozenset()) -> Iterator[tuple[str, Any]]:
        for piece in pieces:
            if isinstance(piece, Marked):
                yield from flat(piece.inside, around | {str(piece.what)})
            else:
                yield from ((character, around) for character in piece)

    expected = [
        (character, {str(span.what) for span in spans if span.start <= nth < span.end})
        for nth, character in enumerate(words)
        if plain(character)
    ]
    assert list(flat(marked(words, spans))) == expected


# Pages of a PDF


def test_a_box_lies_on_the_words_of_its_place() -> None:
    report = faulty_pdf()
    tree = tree_of(report, PDF)
    first, second = tree.xpath('//figure[@class="sheet"]')
    assert first.xpath(".//svg/@viewbox") == ["0 0 595.0 842.0"]
    for sheet, where in (
        (first, report.findings[0].where),
        (second, report.findings[0].evidence[0].where),
    ):
        assert where is not None
        (box,) = where.boxes
        (rect,) = sheet.xpath(".//rect")
        x, y, width, height = (float(rect.get(each)) for each in ("x", "y", "width", "height"))
        drawn = (x + 1, y + 1, x + width - 1, y + height - 1)
        assert drawn == pytest.approx(box, abs=0.11)


def test_the_picture_of_a_page_is_that_page() -> None:
    (first, second) = page_pictures(PDF, (1, 2))
    assert (first.width, first.height) == (595, 842)
    drawn = Image.open(io.BytesIO(second.webp)).convert("L")
    scale = drawn.width / 595
    dark = drawn.point(lambda shade: 255 if shade < 160 else 0).getbbox()
    assert dark is not None  # the ruled table
    assert [edge / scale for edge in dark] == pytest.approx([90, 110, 400, 170], abs=2)


def test_of_a_long_document_only_pages_that_are_spoken_of_are_shown() -> None:
    data = pdf(*[PROSE] * (MOST_PAGES + 2))
    document = loaded(data)
    report = report_of(document, fault(at(document, "7.7%", nth=3), "7.7%"))
    tree = tree_of(report, data)
    assert tree.xpath('//figure[@class="sheet"]/@aria-label') == ["第3页"]
    note = words_of(tree.xpath('//*[@id="sheets"]/p')[0])
    assert note.startswith(f"第1、2、4～{MOST_PAGES + 2}页没有放进本报告")


def test_of_a_file_that_cannot_be_drawn_it_says_that_no_page_is_shown() -> None:
    (sheets,) = tree_of(faulty_pdf(), b"no PDF").xpath('//*[@id="sheets"]')
    assert words_of(sheets).startswith("第1、2页没有放进本报告")


def test_a_document_without_pages_has_none_to_show(tree: Any) -> None:
    assert tree.xpath('//*[@id="sheets"] | //*[@class="switch"]') == []


# In a browser


@needs_chromium
def test_a_click_on_a_finding_brings_its_sentence_into_view(
    opened: Open, page_file: Path, report: DocumentReport
) -> None:
    page = opened(page_file)
    for finding in report.findings:
        page.locator(f'[id="{finding.fingerprint}"] .message').first.click()
        focused = page.evaluate("document.activeElement.textContent")
        assert "".join(finding.text.split()) in "".join(focused.split())
        assert in_view(page, "#flow .mark.now")
        assert in_view(page, f'[id="{finding.fingerprint}"] h4')


@needs_chromium
def test_the_way_goes_on_to_the_cell_and_back(
    opened: Open, page_file: Path, report: DocumentReport
) -> None:
    finding = next(each for each in report.findings if each.code == "NC101")
    page = opened(page_file)
    page.locator(f'[id="{finding.fingerprint}"] h4 a').click()
    assert page.locator("#list [aria-current] .formula").first.is_visible()
    page.locator("#list [aria-current] .evidence .table a").first.click()
    value = next(each.value for each in finding.evidence if each.kind == "table")
    cell = page.locator("td .mark.now")
    assert cell.inner_text() == value
    assert in_view(page, "td .mark.now")
    cell.click()
    assert "的依据" in page.locator("#dock").inner_text()
    page.locator("#dock [data-back]").click()
    expect(page.locator("#flow .sentence:has(.now)")).to_be_focused()
    assert page.evaluate("location.hash") == f"#{finding.fingerprint}"
    cell = page.locator("td .mark.lit").first
    cell.click()
    page.locator("#dock .problem a").first.click()
    assert page.locator("#list [aria-current]").get_attribute("id") == finding.fingerprint


@needs_chromium
def test_a_click_on_a_number_says_what_it_was_read_as_and_held_against(
    opened: Open, page_file: Path, report: DocumentReport
) -> None:
    finding = next(each for each in report.findings if each.code == "NC202")
    claim = next(each for each in report.reading.claims if each.id == finding.claim)
    page = opened(page_file)
    page.locator(f'#flow [data-place="{claim.id}"]').click()
    told = page.locator("#told").inner_text()
    assert claim.figure is not None
    assert "完成率" in told
    assert "不符" in told
    for words in (claim.figure.item, claim.figure.measure, f"{claim.figure.year}年"):
        assert words in told
    assert claim.figure.fund in told
    assert finding.message in told
    (formula,) = (each.text for each in finding.evidence if each.kind == "formula")
    assert formula in told
    page.locator("#flow .mark.silent").first.click()
    assert "不作陈述" in page.locator("#told").inner_text()
    unchecked = page.locator("#flow .mark.unchecked").first
    unchecked.focus()
    page.keyboard.press("Enter")
    assert page.locator("#told .why").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#dock").is_hidden()
    assert "unchecked" in page.evaluate("document.activeElement.className")


@needs_chromium
def test_filters_hide_what_was_not_asked_for(
    opened: Open, page_file: Path, report: DocumentReport
) -> None:
    page = opened(page_file)
    shown = page.locator("#list .finding:visible")
    total = len(report.findings)
    errors = sum(each.severity is Severity.ERROR for each in report.findings)
    assert shown.count() == total
    for name in ("warning", "info"):
        page.locator(f'#filters [value="{name}"]').uncheck()
    assert shown.count() == errors < total
    assert page.locator("#showing").inner_text() == f"显示 {errors} 条，共 {total} 条"
    page.locator('#filters [name="code"]').select_option("NC202")
    assert set(shown.evaluate_all("all => all.map(one => one.dataset.code)")) == {"NC202"}
    page.locator("#filters [type=reset]").click()
    expect(shown).to_have_count(total)  # waits: the page acts once the form is as it was
    page.locator('#filters [name="section"]').select_option(index=1)
    assert 0 < shown.count() < total
    page.locator("#filters [type=reset]").click()
    expect(shown).to_have_count(total)
    page.locator('#filters [name="words"]').fill("小数点")
    wanted = [each for each in report.findings if "小数点" in f"{each.message}{each.diagnosis}"]
    assert shown.count() == len(wanted)
    page.locator('#filters [name="words"]').fill("没有这样的话")
    assert page.locator("#none").is_visible()
    page.goto(f"{page_file.as_uri()}#{report.findings[0].fingerprint}")
    expect(shown).to_have_count(total)  # who is sent to a finding sees it, whatever was filtered


@needs_chromium
def test_marks_of_a_status_can_be_taken_away(opened: Open, page_file: Path) -> None:
    page = opened(page_file)
    line = "getComputedStyle(document.querySelector('#flow .mark.agrees')).textDecorationLine"
    assert page.evaluate(line) == "underline"
    page.locator('.toggle[data-status="agrees"]').click()
    assert page.evaluate(line) == "none"
    page.locator('.toggle[data-status="agrees"]').click()
    assert page.evaluate(line) == "underline"


@needs_chromium
def test_the_keyboard_leads_through_the_findings(opened: Open, page_file: Path) -> None:
    page = opened(page_file)
    ids = page.locator("#list .finding").evaluate_all("all => all.map(one => one.id)")
    current = page.locator("#list [aria-current]")
    page.keyboard.press("j")
    assert current.get_attribute("id") == ids[0]
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert current.get_attribute("id") == ids[2]
    assert in_view(page, "#flow .mark.now")
    page.keyboard.press("k")
    assert current.get_attribute("id") == ids[1]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.className") == "sentence"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.closest('.finding').id") == ids[1]
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()  # the browser closes it, in its own time
    page.keyboard.press("/")
    page.keyboard.type("jk?")
    assert page.locator("[name=words]").input_value() == "jk?"


@needs_chromium
def test_an_address_with_a_fingerprint_opens_that_finding(
    opened: Open, page_file: Path, report: DocumentReport
) -> None:
    finding = report.findings[4]
    for size in (WIDE, NARROW):
        page = opened(page_file, size, hash=f"#{finding.fingerprint}")
        current = page.locator("#list [aria-current]")
        assert current.get_attribute("id") == finding.fingerprint
        assert in_view(page, "#flow .mark.now")


@needs_chromium
def test_a_narrow_screen_shows_one_thing_at_a_time_and_never_scrolls_sideways(
    opened: Open, page_file: Path
) -> None:
    page = opened(page_file, NARROW)

    def is_within() -> bool:
        return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))

    assert is_within()
    assert page.locator("#document").is_hidden()
    page.locator("#list .finding.error h4 a").first.click()
    assert page.locator("#list").is_hidden()
    assert in_view(page, "#flow .mark.now")
    assert page.locator("#dock .change").is_visible()
    assert is_within()
    page.locator("#dock .evidence .table a").first.click()
    assert in_view(page, "td .mark.now")
    assert is_within()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.locator("#list").is_visible()
    page.locator("#panes [data-pane=document]").click()
    assert page.locator("#flow").is_visible()
    assert is_within()


@needs_chromium
@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_the_pages_of_a_pdf_are_another_view_of_the_same(
    opened: Open, tmp_path: Path, size: tuple[int, int]
) -> None:
    path = tmp_path / "页.html"
    path.write_text(write_html(faulty_pdf(), PDF), encoding="utf-8")
    page = opened(path, size)
    if size is NARROW:
        page.locator("#panes [data-pane=document]").click()
    page.locator(".switch [data-view=pages]").click()
    assert page.locator("#flow").is_hidden()
    assert page.locator("img").first.evaluate("one => one.naturalWidth") > 500
    if size is NARROW:
        page.locator("#panes [data-pane=list]").click()
    page.locator("#list h4 a").click()
    assert in_view(page, "#sheets .box.now rect")
    page.locator(".evidence .table a:visible").click()
    assert in_view(page, "#sheets .box.proof.now rect")
    assert page.evaluate("document.activeElement.dataset.place") is not None
    page.locator("#sheets .box.fault").click()
    assert "应为8.3%" in page.locator("#dock, [aria-current]").all_inner_texts()[0]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator(".switch [data-view=text]").click()
    assert page.locator("#sheets").is_hidden()
    assert in_view(page, "#flow .mark.now")


HOSTILE = (
    "<script>window.harmed = 1</script></script><img src=x onerror='harmed = 1'>"
    '</style><b onclick="harmed = 1">"\'` {{ 7 * 7 }} {% raw %} &lt;i&gt; javascript:harmed=1 '
    "</template><a href=javascript:harmed=1>看</a><!-- ]]> \u202e逆\u2066序\u200f"
)


@needs_chromium
def test_a_hostile_document_does_no_harm(opened: Open, tmp_path: Path) -> None:
    source = FAULTY.read_text(encoding="utf-8").replace("主要是因为", f"主要{HOSTILE}是因为")
    hostile = tmp_path / "决算<img src=x onerror=harmed=1>.txt"
    hostile.write_text(source, encoding="utf-8")
    report = check(hostile)
    bad = replace(
        report.findings[1],
        code=HOSTILE,
        rule=HOSTILE,
        message=HOSTILE,
        text=HOSTILE,
        sentence=HOSTILE,
        claimed=HOSTILE,
        expected=HOSTILE,
        diagnosis=HOSTILE,
        suggestion=f"{HOSTILE}!",
        section=(HOSTILE, HOSTILE),
        fingerprint=HOSTILE,
        evidence=(Evidence("text", HOSTILE), Evidence("formula", HOSTILE)),
    )
    notices = replace(report.document, notices=(HOSTILE,), unit=HOSTILE, sha256=HOSTILE)
    triage = Triage(
        (Earlier("0", HOSTILE, Severity.INFO, HOSTILE, HOSTILE),),
        (Suppression(HOSTILE, HOSTILE), Suppression("1", HOSTILE, HOSTILE, HOSTILE)),
    )
    report = replace(report, findings=(*report.findings, bad), document=notices, triage=triage)
    path = tmp_path / "页.html"
    path.write_text(write_html(report, source.encode()), encoding="utf-8")
    page = opened(path)
    for link in page.locator("#list h4 a").all():
        link.click()
    for mark in page.locator("#flow .mark").all()[:40]:
        mark.evaluate("one => one.dispatchEvent(new MouseEvent('click', {bubbles: true}))")
    assert page.evaluate("typeof harmed") == "undefined"
    assert page.locator("script").count() == 1
    assert page.locator("#flow img, #flow p b, #flow a").count() == 0
    assert page.locator('[href^="javascript"], [onclick], [onerror], [style]').count() == 0
    shown = page.locator("#flow").inner_text()
    assert "<script>window.harmed = 1</script>" in shown
    assert "{{ 7 * 7 }}" in shown
    assert not re.search("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", page.content())


@needs_chromium
def test_words_of_another_direction_stay_among_themselves(opened: Open, tmp_path: Path) -> None:
    made = faulty_pdf()
    finding = replace(made.findings[0], claimed="\u05d0\u05d1 7.7%", expected="8.3%")
    path = tmp_path / "页.html"
    path.write_text(write_html(replace(made, findings=(finding,)), PDF), encoding="utf-8")
    page = opened(path)
    left = "one => one.getBoundingClientRect().left"
    places = [page.locator(f"#list .change {each}").evaluate(left) for each in ("del", "ins")]
    assert places == sorted(places)


@needs_chromium
def test_what_gets_into_the_page_all_the_same_cannot_run_or_fetch(
    browser: Browser, page_file: Path, tmp_path: Path
) -> None:
    got_in = '<script>harmed = 1</script><img src="https://example.com/" onerror="harmed = 1">'
    path = tmp_path / "页.html"
    source = page_file.read_text(encoding="utf-8")
    path.write_text(source.replace("</main>", f"{got_in}</main>"), encoding="utf-8")
    asked: list[str] = []
    page = browser.new_page()
    page.on("requestfinished", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    page.locator("#list h4 a").first.click()
    assert page.locator("#list [aria-current]").count() == 1  # its own script runs
    assert page.evaluate("typeof harmed") == "undefined"
    assert asked == [path.as_uri()]
    page.close()


@needs_chromium
def test_on_paper_the_list_stands_before_the_document_and_there_are_no_controls(
    opened: Open, page_file: Path, report: DocumentReport
) -> None:
    page = opened(page_file)
    page.locator("#list h4 a").nth(2).click()
    printed = pypdfium2.PdfDocument(page.pdf(format="A4"))
    pages = [printed[nth].get_textpage().get_text_bounded() for nth in range(len(printed))]
    texts = ["".join(each.split()) for each in pages]
    whole = "".join(texts)
    for finding in report.findings:
        assert "".join(plain(finding.message).split()) in whole
    last = whole.index("".join(plain(report.findings[-1].message).split()))
    assert last < whole.index(
        "收入支出决算总表部门：" if "收入支出决算总表部门：" in whole else "栏次"
    )
    assert "问题清单" in texts[0]
    for control in ("清除筛选", "关闭", "知道了", "全部规则"):
        assert control not in whole
    assert all(abs(printed[nth].get_width() - 595) < 2 for nth in range(len(printed)))


CONTRASTS = """() => {
    const probe = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
    const over = (colours) => {
        probe.clearRect(0, 0, 1, 1);
        for (const colour of colours) { probe.fillStyle = colour; probe.fillRect(0, 0, 1, 1); }
        return [...probe.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const light = (rgb) => rgb.map((part) => part / 255)
        .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        .reduce((sum, part, nth) => sum + part * [0.2126, 0.7152, 0.0722][nth], 0);
    const faint = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const one = walker.currentNode.parentElement;
        if (!walker.currentNode.data.trim() || !one.checkVisibility()) continue;
        if (one.closest("svg, script, option, template")) continue;
        const grounds = [];
        for (let each = one; each; each = each.parentElement) {
            grounds.unshift(getComputedStyle(each).backgroundColor);
        }
        const ground = light(over(grounds));
        const ink = light(over([...grounds, getComputedStyle(one).color]));
        const ratio = (Math.max(ground, ink) + 0.05) / (Math.min(ground, ink) + 0.05);
        if (ratio < 4.5) faint.add(`${one.className} ${one.tagName} ${ratio.toFixed(2)}`);
    }
    return [...faint];
}"""


@needs_chromium
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_words_stand_out_from_their_ground(opened: Open, page_file: Path, scheme: str) -> None:
    page = opened(page_file, scheme=scheme)
    page.locator("#list .finding.error h4 a").nth(1).click()
    page.locator("#flow .mark.now").click()
    assert page.evaluate(CONTRASTS) == []
    page.keyboard.press("?")
    assert page.evaluate(CONTRASTS) == []


@needs_chromium
def test_a_screen_reader_finds_its_way(opened: Open, page_file: Path) -> None:
    page = opened(page_file)
    for landmark in ("banner", "main", "search", "contentinfo", "navigation"):
        assert (
            page.locator(
                {
                    "banner": "body > header",
                    "main": "body > main",
                    "search": "[role=search][aria-label]",
                    "contentinfo": "body > footer",
                    "navigation": "nav[aria-label]",
                }[landmark]
            ).count()
            == 1
        )
    nameless = page.evaluate(
        """() => [...document.querySelectorAll("button, a, input, select, [role=button], img")]
            .filter((one) => !(one.textContent.trim() || one.getAttribute("aria-label")
                || one.alt || one.closest("label")))
            .map((one) => one.outerHTML)"""
    )
    assert nameless == []
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_a_page_says_what_was_not_asked_for() -> None:
    report = replace(check(FAULTY), findings=())
    page = write_html(report, FAULTY.read_bytes(), hidden=3)
    assert "所选规则未发现问题" in page
    assert "未列出 3 条" in page
    assert "未列出" not in write_html(report, FAULTY.read_bytes())
