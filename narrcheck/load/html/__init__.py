"""Reads web pages: the paragraphs and tables that a browser shows of them."""
