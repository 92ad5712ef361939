"""The same database behind bare Django: no middleware, three views."""

from ccm_portal.settings.base import *  # noqa: F403
from ccm_portal.settings.base import BASE_DIR

ROOT_URLCONF = "ccm_portal.bench.bare"
MIDDLEWARE: list[str] = []
TEMPLATES = [
    {
        "BACKEND": "ccm_portal.bench.engine.BareTemplates",
        "DIRS": [BASE_DIR / "ccm_portal" / "bench" / "templates"],
    }
]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "guardian",
    "ccm_portal.bench.apps.BareCore",
    "ccm_portal.bench.apps.BareReporting",
]
