"""Reads workbooks of all kinds: what their visible sheets show."""
