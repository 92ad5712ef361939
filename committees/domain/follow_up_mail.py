"""Word to whoever owns a follow-up: once on the day it falls due, and once when it is overdue.

It looks at how things are, never at "since yesterday": after an outage only what is true now is said.
"""

from collections import defaultdict
from datetime import date, datetime

from ccm_portal.core import outbox
from ccm_portal.core.models import OutgoingMessage, User
from committees.emails_workspace import DUE, OVERDUE
from committees.models import FollowUp, TermPerson


def remind(*, at: datetime) -> int:
    """Owe each owner the word that is true now. A constant number of queries.

    :returns: how many messages are newly owed.
    """
    on = at.date()
    rows = list(FollowUp.objects.filter(done_on=None, due__lte=on).select_related("owner"))
    under = _persons_under({row.term_id for row in rows if row.term_id}, on=on)
    owed: dict[str, list[outbox.Owed]] = {DUE: [], OVERDUE: []}
    for row in rows:
        assert row.due is not None
        kind = OVERDUE if row.is_overdue(on) else DUE
        people = [row.owner] if row.owner else under[row.term_id or 0]
        owed[kind] += [
            outbox.Owed(
                key=f"{kind}:{row.pk}:{row.due.isoformat()}:{user.pk}",
                to=user,
                language=user.language,
                ids={"follow_up": row.pk, "due": row.due.isoformat()},
            )
            for user in people
            if user.is_active
        ]
    keys = [one.key for messages in owed.values() for one in messages]
    known = set(OutgoingMessage.objects.filter(key__in=keys).values_list("key", flat=True)) if keys else set()
    return sum(
        outbox.owe_many(kind=kind, messages=[one for one in messages if one.key not in known], at=at)
        for kind, messages in owed.items()
    )


def _persons_under(terms: set[int], *, on: date) -> dict[int, list[User]]:
    """Term -> the accounts of the persons under it on ``on``, where it runs."""
    found: dict[int, list[User]] = defaultdict(list)
    leading = TermPerson.objects.leading(on).filter(user__isnull=False, term__in=terms)
    for person in leading.select_related("user").order_by("pk") if terms else ():
        if person.user and person.user not in found[person.term_id]:
            found[person.term_id].append(person.user)
    return found
