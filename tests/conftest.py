"""What all tests share: the paths of the checkout, and no silent skips in CI."""

from __future__ import annotations

import importlib
import os
import pkgutil
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

import narrcheck

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
MAY_SKIP = "shared:"

# A fault of narrcheck ends a test with a traceback, not with the line that users see.
os.environ["NARRCHECK_DEBUG"] = "1"

# No test is answered from what an earlier one left; those of the cache say where theirs is.
os.environ["NARRCHECK_CACHE_DIR"] = ""

# The same examples every time, however busy the machine is.
settings.register_profile(
    "steady",
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
settings.load_profile("steady")


def pytest_collection_finish(session: pytest.Session) -> None:
    """Loads all rooms before the first example is drawn.

    Hypothesis draws from the constants of the modules loaded so far, so that examples would hang
    on which tests ran before in the same process, and with several processes on chance.
    """
    if not any(item.get_closest_marker("hypothesis") for item in session.items):
        return
    for module in pkgutil.walk_packages(narrcheck.__path__, f"{narrcheck.__name__}."):
        if not module.name.endswith(".__main__"):  # that one would run the program
            importlib.import_module(module.name)


@pytest.fixture(scope="session", autouse=True)
def ready_workers() -> None:
    """Loads all that a check needs before the first call of the command line.

    Its processes are forked off from this one, and would each take a second for it.
    """
    from narrcheck.check import check

    document = ROOT / "corpus" / "shanghai-2024" / "决算.txt"
    if document.exists():  # tests/test_skips.py takes this file elsewhere
        check(document)


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents beside the checkout; skips the test where there is none."""
    if not SHARED.is_dir():
        pytest.skip(f"{MAY_SKIP} no folder of real documents beside the checkout")
    return SHARED


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, Any]:
    """In CI a test that was skipped has failed."""
    report = yield
    _fail_where_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, Any, Any]:
    """In CI a file of tests that was skipped as a whole has failed."""
    report = yield
    _fail_where_skipped(report)
    return report


def _fail_where_skipped(report: Any) -> None:
    """Only tests on ``../shared`` may be skipped in CI; an expected failure is no skip."""
    if not os.environ.get("CI") or not report.skipped or hasattr(report, "wasxfail"):
        return
    reason = str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)
    if reason.removeprefix("Skipped: ").startswith(MAY_SKIP):
        return
    report.outcome = "failed"
    report.longrepr = f"skipped in CI: {reason}"
