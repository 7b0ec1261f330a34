"""A Word file as it was, with a comment on the words of each finding."""

from __future__ import annotations

from narrcheck.report.docx.annotate import annotate_docx

__all__ = ["annotate_docx"]
