"""The commands that show what was read of a file: its text, its tables, its statements."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from narrcheck.cli.opening import (
    NOTHING,
    Apart,
    DebugPages,
    File,
    Listing,
    Patterns,
    attempted,
    draw_pages_of,
    load_known,
    open_documents,
)
from narrcheck.report.deliver import (
    FAILED,
    complain,
    deliver,
    printed,
    refuse_overwriting,
    save,
)

if TYPE_CHECKING:
    from narrcheck.document import Document
    from narrcheck.figure import TableValue
    from narrcheck.patterns import Patterns as LoadedPatterns


class TableForm(StrEnum):
    """The forms in which tables are listed."""

    TEXT = "text"
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


def tables(
    file: File,
    form: Annotated[
        TableForm | None,
        typer.Option("--format", help="列出的形式；不写时看 -o 的扩展名，没有就是 text。"),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="写入这个文件，如 表格.xlsx、表格.csv。"
        ),
    ] = None,
    values: Annotated[bool, typer.Option("--values", help="把读到的每个值也列出来。")] = False,
    apart: Apart = None,
    debug_pages: DebugPages = None,
    patterns: Patterns = None,
) -> None:
    """列出从文件里认出的表格，或导出为 Excel、CSV，用来查对有没有读错。"""
    form = form or _form_of(output)
    if form is TableForm.XLSX and output is None:
        complain("xlsx 要写入文件，请用 -o 指明，如：-o 表格.xlsx。")
        raise typer.Exit(FAILED)
    if output is not None:
        refuse_overwriting(output, [file, *([apart] if apart else [])])
    known = load_known(patterns)
    opened = open_documents([file], known, apart=apart)
    if not opened:
        raise typer.Exit(FAILED)
    if debug_pages is not None:
        draw_pages_of(file, debug_pages)
    ((document, read),) = opened
    if form is TableForm.TEXT or form is TableForm.JSON:
        listed = _listed(document, read, form, output, known, values=values)
        deliver(listed, output, data=form is TableForm.JSON)
    else:
        _export(document, read, form, output, known, values=values)


def _form_of(output: Path | None) -> TableForm:
    """The form that the name of a file asks for."""
    suffix = output.suffix.lower().removeprefix(".") if output is not None else ""
    return next((form for form in TableForm if form.value == suffix), TableForm.TEXT)


def _listed(
    document: Document,
    read: tuple[TableValue, ...],
    form: TableForm,
    output: Path | None,
    patterns: LoadedPatterns,
    *,
    values: bool,
) -> str:
    from narrcheck.tables import distrusted_tables

    bad = distrusted_tables(document, patterns.tables)
    if form is TableForm.JSON:
        from narrcheck.report.tables_json import write_tables_json

        return write_tables_json(document, read, distrusted=bad)
    from narrcheck.report.listing import write_tables

    return printed(
        lambda to: write_tables(document, read, to, values=values, distrusted=bad),
        to_file=output,
    )


def _export(
    document: Document,
    read: tuple[TableValue, ...],
    form: TableForm,
    output: Path | None,
    patterns: LoadedPatterns,
    *,
    values: bool,
) -> None:
    """Write the tables as a file for Excel; what could not be read is said beside it."""
    for notice in document.notices:
        complain(notice)
    if not document.tables:
        complain(f"{document.path}：没有读到表格，没有可导出的。")
        raise typer.Exit(FAILED)
    if form is TableForm.CSV:
        from narrcheck.report.tables_csv import write_tables_csv

        deliver(write_tables_csv(document, read if values else ()), output, data=True)
    elif output is not None:
        from narrcheck.report.tables_xlsx import write_tables_xlsx

        save(write_tables_xlsx(document, read, patterns.tables, values=values), output)


def text(
    file: File,
    form: Annotated[
        Listing | None,
        typer.Option("--format", help="列出的形式；不写时看 -o 的扩展名，没有就是 text。"),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="写入这个文件（UTF-8）。"),
    ] = None,
    debug_pages: DebugPages = None,
) -> None:
    """列出从文件里读到的文字：段落连成一行，注明在第几页或第几行，表格只注明位置。"""
    from narrcheck.load import load
    from narrcheck.report.loaded import write_loaded, write_loaded_json

    if output is not None:
        refuse_overwriting(output, [file])
        form = form or (Listing.JSON if output.suffix.lower() == ".json" else None)
    document = attempted(file, partial(load, file))
    if document is None:
        raise typer.Exit(FAILED)
    if debug_pages is not None:
        draw_pages_of(file, debug_pages)
    if form is Listing.JSON:
        deliver(write_loaded_json(document), output, data=True)
    else:
        deliver(write_loaded(document), output)


def read(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="要看的文件，可以有多个。")],
    form: Annotated[Listing, typer.Option("--format", help="列出的形式。")] = Listing.TEXT,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="写入这个文件（UTF-8）；名称以 .html 结尾时，画出每一步读到的词和句式。",
        ),
    ] = None,
    stats: Annotated[bool, typer.Option("--stats", help="每份文件只列各类数字的个数。")] = False,
    apart: Apart = None,
    patterns: Patterns = None,
) -> None:
    """逐句列出文字说明中的数字各读成了什么，用来查对有没有读错、漏读。"""
    from narrcheck.claims.draw import draw
    from narrcheck.report.reading import listed

    drawn = output is not None and output.suffix.lower() in (".html", ".htm")
    json = form is Listing.JSON
    if drawn and (stats or json):
        complain(f"{output}：.html 只用于画图，不能与 --stats、--format json 同用。")
        raise typer.Exit(FAILED)
    if output is not None:
        refuse_overwriting(output, [*files, *([apart] if apart else [])])
    known = load_known(patterns)
    opened = open_documents(files, known, apart=apart)
    if drawn and opened:
        deliver(draw(opened, known), output)
    elif opened or json:
        deliver(listed(opened, known, json=json, stats=stats, to_file=output), output, data=json)
    raise typer.Exit(NOTHING if len(opened) == len(files) else FAILED)
