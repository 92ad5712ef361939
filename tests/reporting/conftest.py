"""A delegation at work, for the tests that say nothing else."""

import pytest

from ccm_portal.core.enums import Role
from tests.reporting.support import person, start


@pytest.fixture
def by():
    """A drafter of Lao PDR."""
    return person(Role.DRAFTER)


@pytest.fixture
def report(by):
    """Lao PDR's report for 2025, just begun from an empty form."""
    return start(by)
