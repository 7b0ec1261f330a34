"""Measures of narrcheck that take longer than its tests."""
