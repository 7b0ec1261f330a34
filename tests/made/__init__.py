"""Files of other formats, made from documents for tests."""
