"""The report as one page for a browser: the problem list beside the document, all of it marked."""

from __future__ import annotations

from narrcheck.findings import DocumentReport

__all__ = ["write_html"]


def write_html(report: DocumentReport, data: bytes, *, hidden: int = 0) -> str:
    """See ``narrcheck.report.html.page.write_html``; Jinja is loaded here, not before."""
    from narrcheck.report.html.page import write_html as write

    return write(report, data, hidden=hidden)
