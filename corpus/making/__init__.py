"""Draws made-up units, prints their disclosures, and plants faults into them."""
