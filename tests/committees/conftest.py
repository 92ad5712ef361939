"""What the tests of committees share."""

import pytest
from django.test import Client

from tests.support import sign_in


@pytest.fixture
def client_of():
    """A browser of its own for a person."""
    return lambda user: sign_in(Client(), user)
