"""Invite the first person of the office, on a portal that has nobody yet."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ccm_portal.core import clock, invitations
from ccm_portal.core.domain import people
from ccm_portal.core.models import Organisation
from ccm_portal.core.rules import OFFICE


class Command(BaseCommand):
    help = "Invite the first person of the office; they then invite everybody else. Prints a link and a code."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")

    def handle(self, *args: Any, email: str, name: str, **options: Any) -> None:
        office = Organisation.objects.filter(key=OFFICE).first()
        if office is None:
            raise CommandError("Load the reference data first: manage.py load_reference_data")
        try:
            invitation, code = people.open_the_office(office=office, email=email, name=name, at=clock.now())
        except people.PeopleRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Open {invitations.link(invitation)}")
        self.stdout.write(f"Code {code[:4]}-{code[4:]}, until {invitation.expires_at:%d %B %Y}")
