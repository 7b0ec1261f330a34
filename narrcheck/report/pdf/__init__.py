"""The published PDF with the findings marked on its pages."""

from narrcheck.report.pdf.annotate import annotate_pdf

__all__ = ["annotate_pdf"]
