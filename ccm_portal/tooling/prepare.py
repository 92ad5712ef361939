"""Bring the demo's database to where the code is: migrate as its owner, then load as the web role. One process, so
that a start which has nothing to do is quick."""

import os

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from ccm_portal import env


def main() -> None:
    os.environ["PORTAL_DB_ROLE"] = "owner"
    django.setup()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
    serve_as_web()
    call_command("load_reference_data")
    call_command("load_demo_data")


def serve_as_web() -> None:
    """From here on with the rights that the web server has, so that nothing is loaded which it could not write."""
    connections.close_all()
    connection.settings_dict.update(env.database(settings.WEB_DATABASE_URL))


if __name__ == "__main__":
    main()
