"""What a nominated person fills in by their own link: words about themselves, and whether something has to be arranged.

What is sealed goes through ``sponsorship.domain.sealing``; nothing of it is ever given back here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.workflow import locked
from committees.domain.said import WorkRefused, refuse_stale, said
from sponsorship.domain import bank_changes, round_keys, sealing
from sponsorship.domain.applications import refuse_decided
from sponsorship.domain.nominees import LONGEST_EXPERTISE
from sponsorship.enums import NomineeStatus, SealedKind
from sponsorship.models import Application, Nominee, PersonalLink, Round, TravelFile


@dataclass(frozen=True, kw_only=True)
class OwnWords:
    """What a person says of themselves. ``has_access_needs`` is none where they did not say."""

    function: str
    expertise: str
    languages: Iterable[str]
    gender: str
    has_access_needs: bool | None


@transaction.atomic
def write(*, link: PersonalLink, words: OwnWords, version: int, at: datetime) -> Nominee:
    """Write a person's own words. What is weighed stays as it is once the round is decided; needs can still be said.

    :raises WorkChanged: if somebody has changed the person since the page was opened.
    :raises WorkRefused: if the link has ended, or what is weighed would change after the decision.
    """
    person = held(link, at=at)
    refuse_stale(person, version)
    weighed = {
        "function": said(words.function, longest=160),
        "expertise": said(words.expertise, longest=LONGEST_EXPERTISE),
        "languages": list(words.languages),
        "gender": words.gender,
    }
    if any(getattr(person, name) != value for name, value in weighed.items()):
        refuse_decided(person.application.round)
        for name, value in weighed.items():
            setattr(person, name, value)
    person.has_access_needs = words.has_access_needs
    TravelFile.objects.filter(offer__nominee=person).update(has_access_needs=words.has_access_needs)
    return _filled(person, at=at)


@transaction.atomic
def seal(
    *, link: PersonalLink, kind: SealedKind, values: dict[str, Any], reason: str = "", version: int, at: datetime
) -> bool:
    """Seal what the person gives of one kind. An account in place of another waits for a second person, with a reason.

    :param version: of what is sealed, as the page showed it; 0 where there was nothing.
    :returns: whether it waits.
    :raises ValuesRefused: with a sentence for each field that is wrong.
    :raises WorkChanged: if it was written anew meanwhile.
    :raises WorkRefused: if the link has ended, a reason is missing, or another change waits.
    """
    # The round's key first, then the person: in the order of everybody who locks both.
    round_keys.data_key(link.nominee.application.round, at=at)
    person = held(link, at=at)
    waits = kind == SealedKind.BANK and person.sealed_records.filter(kind=kind).exists()
    if waits:
        bank_changes.propose(person, values, reason=reason, by=None, at=at, version=version)
    else:
        sealing.write(person, kind, values, by=None, at=at, seen=version)
    if kind == SealedKind.HEALTH:
        person.has_access_needs = bool(str(values.get("needs") or "").strip())
    _filled(person, at=at)
    return waits


def held(link: PersonalLink, *, at: datetime) -> Nominee:
    """The person, locked, if the link still opens.

    :raises WorkRefused: if it has ended.
    """
    person = locked(link.nominee)
    still = PersonalLink.objects.filter(pk=link.pk, token_hash=link.token_hash, ends_at__gt=at)
    if person.status == NomineeStatus.WITHDRAWN or not still.exists():
        raise WorkRefused(_("This link has ended."))
    return person


def forget(round: Round, at: datetime) -> None:
    """At the purge of a round: what applications still say of its people, beside what is counted."""
    Nominee.objects.filter(application__round=round).update(withdrawn_reason="", has_access_needs=None, languages=[])
    Application.objects.filter(round=round).update(withdrawn_reason="")


def _filled(person: Nominee, *, at: datetime) -> Nominee:
    person.own_part_at = at
    person.version += 1
    person.save()
    register.append(action="sponsorship.nominee.own_part", by=None, at=at, state=person.state, obj=person)
    return person
