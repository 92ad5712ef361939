"""The PostgreSQL that comes with the portal: it starts, survives a kill, and gives the web role no more than rows."""

import os
import shutil
import signal
import stat
import tempfile
from pathlib import Path

import psycopg
import pytest

from ccm_portal import embedded


@pytest.fixture
def folder():
    """A folder that the server's account can reach, unlike pytest's own."""
    made = Path(tempfile.mkdtemp(prefix="portal-test-", dir="/var/tmp"))
    made.chmod(0o711)
    yield made
    for var in made.glob("**/postgres"):
        embedded.stop(var.parent)
        shutil.rmtree(var.resolve(), ignore_errors=True)
    shutil.rmtree(made)


def ask(server, role, question):
    with psycopg.connect(server.url(role), autocommit=True) as connection:
        return connection.execute(question).fetchone()


def test_it_starts_and_a_second_start_finds_it_running(folder):
    first = embedded.start(folder / "var", fsync=False)
    pid = ask(first, "web", "SELECT pg_postmaster_start_time()")
    second = embedded.start(folder / "var", fsync=False)
    assert ask(second, "web", "SELECT pg_postmaster_start_time()") == pid


def test_it_listens_on_a_socket_that_other_accounts_cannot_reach(folder):
    server = embedded.start(folder / "var", fsync=False)
    assert ask(server, "owner", "SHOW listen_addresses") == ("",)
    assert stat.S_IMODE((folder / "var" / "postgres").stat().st_mode) == 0o700


def test_it_starts_again_after_a_kill_even_when_another_process_has_its_number(folder):
    server = embedded.start(folder / "var")
    with psycopg.connect(server.url("owner"), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (word text)")
    note = folder / "var" / "postgres" / "data" / "postmaster.pid"
    lines = note.read_text().splitlines(keepends=True)
    os.kill(int(lines[0]), signal.SIGKILL)
    note.write_text("".join([f"{os.getpid()}\n", *lines[1:]]))
    assert not embedded.is_running(folder / "var")
    server = embedded.start(folder / "var")
    assert ask(server, "web", "SELECT count(*) FROM kept") == (0,)


def test_stop_says_whether_anything_ran(folder):
    embedded.start(folder / "var", fsync=False)
    assert embedded.stop(folder / "var") is True
    assert embedded.stop(folder / "var") is False
    assert embedded.stop(folder / "never made") is False


def test_a_path_too_long_for_a_socket_gets_a_folder_elsewhere(folder):
    var = folder / ("long" * 30)
    server = embedded.start(var, fsync=False)
    assert ask(server, "web", "SELECT current_user::text") == ("portal_web",)
    assert (var / "postgres").resolve().parent == Path("/var/tmp")


@pytest.mark.skipif(os.getuid() != 0, reason="only root hands the server to another account")
def test_a_folder_the_account_cannot_reach_keeps_its_data_elsewhere_and_deleting_it_starts_afresh(folder):
    (folder / "private").mkdir(mode=0o700)
    var = folder / "private" / "var"
    server = embedded.start(var, fsync=False)
    with psycopg.connect(server.url("owner"), autocommit=True) as connection:
        connection.execute("CREATE TABLE old (word text)")
    assert (var / "postgres").resolve().parent == Path("/var/tmp")
    shutil.rmtree(var)
    server = embedded.start(var, fsync=False)
    assert ask(server, "web", "SELECT to_regclass('old')") == (None,)


@pytest.mark.parametrize(
    "forbidden",
    [
        "TRUNCATE paper",
        "ALTER TABLE paper DISABLE TRIGGER ALL",
        "DROP TABLE paper",
        "CREATE TABLE mine (word text)",
        "CREATE DATABASE mine",
        "SET ROLE portal_owner",
    ],
)
def test_the_web_role_changes_rows_and_nothing_else(server_with_a_table, forbidden):
    with psycopg.connect(server_with_a_table.url("web"), autocommit=True) as connection:
        connection.execute("INSERT INTO paper (word) VALUES ('a')")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(forbidden)


def test_a_database_made_later_gives_the_web_role_the_same_rights(server_with_a_table):
    var = server_with_a_table.var
    with psycopg.connect(server_with_a_table.url("owner"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE later")
    with psycopg.connect(embedded.database_url(var, "owner", database="later"), autocommit=True) as connection:
        connection.execute("CREATE TABLE paper (number serial, word text)")
    with psycopg.connect(embedded.database_url(var, "web", database="later"), autocommit=True) as connection:
        assert connection.execute("INSERT INTO paper (word) VALUES ('a') RETURNING number").fetchone() == (1,)


@pytest.fixture(scope="module")
def server_with_a_table():
    made = Path(tempfile.mkdtemp(prefix="portal-test-", dir="/var/tmp"))
    made.chmod(0o711)
    server = embedded.start(made / "var", fsync=False)
    with psycopg.connect(server.url("owner"), autocommit=True) as connection:
        connection.execute("CREATE TABLE paper (number serial, word text)")
    yield server
    server.stop()
    shutil.rmtree(made)
