"""The command that measures how right narrcheck is: ``narrcheck eval``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from narrcheck.cli.opening import FINDINGS, NOTHING, Listing, Patterns
from narrcheck.cli.reporting import Choices, go_through
from narrcheck.errors import NarrcheckError
from narrcheck.report.deliver import FAILED, complain, deliver, printed, refuse_overwriting

if TYPE_CHECKING:
    from narrcheck.measuring import Floor, Key, Measured, Measurement

Folder = Annotated[
    Path, typer.Argument(metavar="DIR", help="放着文件和答案的文件夹，子文件夹也算；或一份文件。")
]
Gold = Annotated[
    Path | None,
    typer.Option(
        "--gold",
        metavar="FOLDER",
        help="答案在这个文件夹里，名为“文件名.json”；不写时在文件旁边，名为“文件名.expected.json”。",
    ),
]
FloorFile = Annotated[
    Path | None,
    typer.Option("--floor", metavar="FILE", help="各项指标的底线；有一项不到时退出码为 1。"),
]
RaiseFloor = Annotated[
    bool,
    typer.Option("--raise-floor", help="把 --floor 的文件改写为这次的结果，只升不降。"),
]


def evaluate(
    folder: Folder,
    gold: Gold = None,
    floor_file: FloorFile = None,
    raise_floor: RaiseFloor = False,
    form: Annotated[Listing, typer.Option("--format", help="结果的形式。")] = Listing.TEXT,
    json: Annotated[bool, typer.Option("--json", help="同 --format json。")] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="结果写入这个文件（UTF-8）。"),
    ] = None,
    patterns: Patterns = None,
) -> None:
    """对照答案，量一量查得准不准、全不全：查准率、查全率、核对率，逐份文件、逐条规则。"""
    from narrcheck.measuring import keyed_documents, raised, write_floor

    if raise_floor and floor_file is None:
        _end("--raise-floor 要与 --floor 同用，指明底线写在哪个文件里。")
    try:
        floor = _floor(floor_file, may_lack=raise_floor)
        found = keyed_documents(folder, gold)
        if output is not None:
            files = [path for path, _ in found]
            refuse_overwriting(output, [*files, *([floor_file] if floor_file else [])])
        measurement, code = _measured(found, patterns)
    except NarrcheckError as error:
        _end(str(error))
    if not measurement.documents:
        _end(f"{folder}：没有一份文件能对照答案。")
    stated = (floor_file, floor) if floor_file is not None else None
    _deliver(measurement, output, stated, as_json=json or form is Listing.JSON)
    reached = floor_file is None or _reached(measurement, floor, floor_file)
    if raise_floor and reached and not code:
        deliver(write_floor(raised(measurement, floor)), floor_file, data=True)
    raise typer.Exit(code or (NOTHING if reached else FINDINGS))


def _end(why: str) -> NoReturn:
    complain(why)
    raise typer.Exit(FAILED)


def _floor(file: Path | None, *, may_lack: bool) -> Floor:
    """The floor; without values where there is none, or none yet."""
    from narrcheck.measuring import read_floor

    if file is None or (may_lack and not file.exists()):
        return {}
    return read_floor(file)


def _measured(
    found: tuple[tuple[Path, Key | None], ...], patterns: Path | None
) -> tuple[Measurement, int]:
    """The documents that have a key, checked and measured; and the exit code of that."""
    from narrcheck.measuring import Measurement, measure

    keys = {path: key for path, key in found if key is not None}
    unkeyed = tuple(str(path) for path, key in found if key is None)
    if not keys:
        return Measurement((), unkeyed), FAILED
    choices = Choices(isolated=True, cache=False, compares=False, patterns=patterns)
    done: list[Measured] = []
    course = go_through(
        tuple(keys), choices, lambda each: measure(each.report, keys[each.path]), done.append
    )
    return Measurement(tuple(done), unkeyed), course.code


def _deliver(
    measurement: Measurement,
    output: Path | None,
    floor: tuple[Path, Floor] | None,
    *,
    as_json: bool,
) -> None:
    if as_json:
        from narrcheck.report.measured_json import write_measurement_json

        deliver(write_measurement_json(measurement, floor=floor), output, data=True)
    else:
        from narrcheck.report.measured import write_measurement

        deliver(printed(lambda to: write_measurement(measurement, to), to_file=output), output)


def _reached(measurement: Measurement, floor: Floor, file: Path) -> bool:
    """Whether the floor is reached; a line says so, or which figures do not."""
    from narrcheck.measuring import below
    from narrcheck.report.measured import shortfall

    low = below(measurement, floor)
    for name in low:
        complain(f"{file}：{shortfall(name, measurement, floor[name])}")
    if floor and not low:
        complain(f"{file}：{len(floor)} 项指标都达到底线。")
    return not low
