"""A connection that is kept between requests is known to be dead without asking the server each time."""

import time

import psycopg
import pytest
from django.db import close_old_connections, connection

from ccm_portal import embedded
from tests import database


@pytest.fixture
def kept(transactional_db):
    """Our connection, as it stands between two requests, and the number of its server process."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def between_requests():
    connection.health_check_enabled = True
    close_old_connections()
    connection.health_check_done = False


def backend():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def test_a_living_connection_is_used_again(kept):
    between_requests()
    assert connection.is_usable()
    assert backend() == kept


def test_a_connection_that_the_server_has_ended_is_replaced_before_it_is_used(kept):
    url = embedded.database_url(database.server_folder(), "owner").replace("portal_owner", "postgres")
    with psycopg.connect(url, autocommit=True) as superuser:
        superuser.execute("SELECT pg_terminate_backend(%s)", [kept])
    time.sleep(0.2)
    between_requests()
    assert not connection.is_usable()
    assert backend() != kept
