"""Reads pictures: pages that were scanned or photographed."""
