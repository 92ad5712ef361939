"""A browser for the journeys: the system's Chromium, against the portal on this machine."""

import shutil

import pytest


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": shutil.which("chromium"),
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.fixture
def portal(live_server, settings):
    """The address of the running portal; passkeys want a name, not a number."""
    address = live_server.url.replace("127.0.0.1", "localhost")
    settings.SITE_ADDRESS = address
    settings.CSRF_TRUSTED_ORIGINS = [address]
    settings.SESSION_COOKIE_NAME = "portal"
    return address


@pytest.fixture(autouse=True)
def patient(request):
    """Two processors draw pages and run the browser: give each step its time."""
    if "page" in request.fixturenames:
        request.getfixturevalue("page").set_default_timeout(15_000)
