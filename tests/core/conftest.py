import pytest
from django.core.cache import caches


@pytest.fixture(autouse=True)
def no_limit_reached_before():
    """Limits are kept in the cache; each test begins with none reached."""
    caches["default"].clear()
