"""Fuzzes one target in this process: ``python -m fuzz.one TARGET [OPTION OF LIBFUZZER …]``.

What is found is written where the options say; run it through ``python -m fuzz``.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["narrcheck"]):
    from fuzz.targets import TARGETS


def main() -> None:
    """Runs libFuzzer on the target that the first argument names; it ends the process."""
    name = sys.argv.pop(1)
    atheris.Setup(sys.argv, TARGETS[name][0])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
