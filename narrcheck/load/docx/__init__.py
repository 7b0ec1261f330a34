"""Reads Word files: what they show, in order, with its place in their markup."""
