"""``python -m narrcheck`` is the same as ``narrcheck``."""

from narrcheck.cli import main

main()
