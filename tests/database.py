"""The suite's database: a throw-away embedded PostgreSQL, migrated by the owner, used as the web role."""

import fcntl
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from ccm_portal import embedded, env

# Filled once from files; a flush between tests leaves them.
REFERENCE_TABLES = {
    "core_state",
    "core_stateclock",
    "core_regiongroup",
    "core_organisation",
    "committees_bodykind",
    "committees_body",
    "committees_body_committees",
    "committees_actionplan",
    "committees_planaction",
    "committees_withdrawal",
    "compliance_topic",
    "sponsorship_statefact",
    "django_migrations",
    "django_content_type",
    "auth_permission",
}


def server_folder() -> Path:
    """Where the suite's server keeps its data: beside the development data, never in it."""
    return settings.VAR / "test-postgres"


def start() -> None:
    embedded.start(server_folder(), fsync=False)


def create(name: str) -> None:
    """A fresh database of this name; the server's template gives the two roles their rights.

    One worker after the other: a template that somebody else is copying from cannot be copied.
    """
    with (
        (settings.VAR / "test-databases.lock").open("w") as gate,
        psycopg.connect(embedded.database_url(server_folder(), "owner"), autocommit=True) as owner,
    ):
        fcntl.flock(gate, fcntl.LOCK_EX)
        owner.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        owner.execute(f'CREATE DATABASE "{name}"')


def use(name: str, role: str) -> None:
    """Point Django at the database in a role."""
    connections.close_all()
    described = env.database(embedded.database_url(server_folder(), role, database=name))
    settings.DATABASES["default"].update(described)
    connection.settings_dict.update(described)


def migrate(name: str) -> None:
    """Migrate as the owner, fill the reference tables, then serve as the web role."""
    use(name, "owner")
    call_command("migrate", verbosity=0, interactive=False)
    use(name, "web")
    call_command("load_reference_data", verbosity=0)


def as_owner(name: str) -> "psycopg.Connection[tuple[Any, ...]]":
    """A connection as the owner, who may do what the web role may not. Commits when its block ends."""
    return psycopg.connect(embedded.database_url(server_folder(), "owner", database=name))


def flush(name: str) -> None:
    """Empty every table but the reference tables, as the owner, with the refusing triggers off."""
    with as_owner(name) as owner:
        rows = owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        tables = [table for (table,) in rows if table not in REFERENCE_TABLES]
        guarded = [
            row[0]
            for row in owner.execute(
                "SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
                " WHERE NOT t.tgisinternal"
            ).fetchall()
        ]
        for table in guarded:
            owner.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        listed = ", ".join(f'"{table}"' for table in tables)
        owner.execute(f"TRUNCATE {listed} RESTART IDENTITY CASCADE")
        for table in guarded:
            owner.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
