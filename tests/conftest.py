"""What tests of several kinds need: a real browser, properties that no clock decides."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))

# A machine that is busy with other work makes no property false.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def missing(what):
    """Skip without a browser on a user's machine; where CI runs, that is a failure."""
    message = f"{what}: the pages are NOT tested in a browser"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="module")
def browser():
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("no playwright (pip install '.[dev]')")
    if not CHROMIUM.exists():
        missing(f"no Chromium at {CHROMIUM}")
    with sync_playwright() as tools:
        chromium = tools.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()
