#!/usr/bin/env python
"""Run a management command. Migrations run as the database's owner, all else as the web role."""

import os
import sys

OWNER_COMMANDS = {"migrate", "sqlmigrate"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ccm_portal.settings.base")
    if len(sys.argv) > 1 and sys.argv[1] in OWNER_COMMANDS:
        os.environ.setdefault("PORTAL_DB_ROLE", "owner")

    from django.core.management import execute_from_command_line  # app ready: settings first

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
