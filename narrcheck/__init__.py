"""narrcheck checks the numbers in the narrative of Chinese government disclosures.

The public names below are read on first use: ``import narrcheck`` alone loads no other module.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from narrcheck.check import check as check_document
    from narrcheck.claims.claim import Claim, Kind, Reading
    from narrcheck.document import Document, Where
    from narrcheck.errors import DocumentError, NarrcheckError, PatternError
    from narrcheck.figure import Figure, TableValue
    from narrcheck.findings import DocumentReport, Evidence, Finding, Report, Severity, Status
    from narrcheck.quantity import Interval, Quantity
    from narrcheck.report.json import write_json
    from narrcheck.report.text import write_text

__version__ = "0.1.0"

__all__ = [
    "Claim",
    "Document",
    "DocumentError",
    "DocumentReport",
    "Evidence",
    "Figure",
    "Finding",
    "Interval",
    "Kind",
    "NarrcheckError",
    "PatternError",
    "Quantity",
    "Reading",
    "Report",
    "Severity",
    "Status",
    "TableValue",
    "Where",
    "__version__",
    "check_document",
    "write_json",
    "write_text",
]

# ``check_document`` is ``narrcheck.check.check``: a name ``check`` here would be the function or
# the module of that name, depending on which was imported first.
_HOMES = {
    "check_document": ("narrcheck.check", "check"),
    "write_json": ("narrcheck.report.json", "write_json"),
    "write_text": ("narrcheck.report.text", "write_text"),
    **{name: ("narrcheck.claims.claim", name) for name in ("Claim", "Kind", "Reading")},
    **{name: ("narrcheck.document", name) for name in ("Document", "Where")},
    **{
        name: ("narrcheck.errors", name)
        for name in ("DocumentError", "NarrcheckError", "PatternError")
    },
    **{name: ("narrcheck.figure", name) for name in ("Figure", "TableValue")},
    **{
        name: ("narrcheck.findings", name)
        for name in ("DocumentReport", "Evidence", "Finding", "Report", "Severity", "Status")
    },
    **{name: ("narrcheck.quantity", name) for name in ("Interval", "Quantity")},
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home, attribute = _HOMES[name]
    value: object = getattr(import_module(home), attribute)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
