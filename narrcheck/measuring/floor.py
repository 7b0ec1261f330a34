"""The floor: least values that the figures of a folder must reach, and which only rise."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from narrcheck.errors import MeasureError
from narrcheck.measuring.measure import Measurement
from narrcheck.measuring.ratio import Ratio

MOST = "false_alarms"  # the one figure of which less is better: a number of findings
DECIMALS = 4  # of a value that is written, cut off: what was measured reaches it
SHARES = ("precision", "recall", "suggestions", "judged", "within_reach")

Floor = Mapping[str, Decimal]  # some of SHARES, from 0 to 1, and MOST


def read_floor(file: Path) -> Floor:
    """The values of a floor; MeasureError where the file is none."""
    try:
        content = json.loads(
            file.read_text(encoding="utf-8-sig"),
            parse_float=Decimal,
            parse_int=Decimal,
        )
    except FileNotFoundError:
        remedy = "--raise-floor 可以写出一份"
        raise MeasureError(f"{file}：没有这个文件，请检查路径；{remedy}。") from None
    except OSError as error:
        raise MeasureError(f"{file}：无法读取（{error.strerror}）。") from None
    except (ValueError, RecursionError):
        raise MeasureError(f"{file}：不是写得正确的 JSON。") from None
    if not isinstance(content, dict):
        raise MeasureError(f'{file}：底线应是一个对象，如 {{"recall": 0.97}}。')
    for name, value in content.items():
        _refuse_wrong(file, name, value)
    return content


def _refuse_wrong(file: Path, name: str, value: object) -> None:
    if name not in (*SHARES, MOST):
        raise MeasureError(f"{file}：没有 {name} 这一项，只有 {'、'.join((*SHARES, MOST))}。")
    if not isinstance(value, Decimal) or value < 0:
        raise MeasureError(f"{file}：{name} 应是一个不小于 0 的数。")
    if name == MOST and value != value.to_integral_value():
        raise MeasureError(f"{file}：{name} 应是整数。")
    if name != MOST and value > 1:
        raise MeasureError(f"{file}：{name} 应从 0 到 1，如 0.97。")


def figures(measurement: Measurement) -> dict[str, Ratio]:
    """The figures that a floor can hold as shares, by name."""
    tally, coverage = measurement.tally, measurement.coverage
    ratios = (
        *(tally.precision, tally.recall, tally.suggestions),
        *(coverage.judged, coverage.within_reach),
    )
    return dict(zip(SHARES, ratios, strict=True))


def below(measurement: Measurement, floor: Floor) -> tuple[str, ...]:
    """The names of the figures that do not reach the floor; one that is of nothing does not."""
    shares = {name: ratio.value for name, ratio in figures(measurement).items()}
    return tuple(
        name
        for name, least in floor.items()
        if (
            measurement.tally.false_alarms > least
            if name == MOST
            else (value := shares[name]) is None or value < Fraction(least)
        )
    )


def raised(measurement: Measurement, floor: Floor) -> Floor:
    """The floor with each value that was bettered, and those it did not have; none gets worse."""
    new = {}
    for name, ratio in figures(measurement).items():
        steps = ratio.scaled(10**DECIMALS)
        measured = [Decimal(steps).scaleb(-DECIMALS)] if steps is not None else []
        if known := [*measured, *([floor[name]] if name in floor else [])]:
            new[name] = max(known)
    alarms = Decimal(measurement.tally.false_alarms)
    return {**new, MOST: min(alarms, floor.get(MOST, alarms))}


def write_floor(floor: Floor) -> str:
    """The text of a floor's file, each value as exact as it is."""
    lines = ",\n".join(f'  "{name}": {value:f}' for name, value in floor.items())
    return f"{{\n{lines}\n}}\n"
