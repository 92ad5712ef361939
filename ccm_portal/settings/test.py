"""The settings of the test suite: the same portal, on a throw-away server."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from ccm_portal.settings.base import *  # noqa: F403
from ccm_portal.settings.base import MIDDLEWARE, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = STORAGES | {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {}
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SITE_ADDRESS = "http://testserver"
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
    for name in ("default", "pages")
}
RECORD_BEGINS = date(2010, 1, 1)  # tests speak of any year
DEMONSTRATION = False
_KEYS = TemporaryDirectory(prefix="portal-keys-")  # gone with the process
SPONSORSHIP_KEYS = Path(_KEYS.name)
