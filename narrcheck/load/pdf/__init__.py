"""Reads PDF files: characters to lines, ruling lines to cells, pages to a document."""
