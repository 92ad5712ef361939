"""What leadership adds to the page of a State and to the search."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy

from ccm_portal.core.models import State, User
from ccm_portal.core.models.names import language_column
from ccm_portal.core.panels import Panel
from ccm_portal.core.permissions import may
from ccm_portal.core.search import Hit, SearchProvider
from committees.models import Body, Presidency, Term
from committees.rules_nominations import visible_nominations
from committees.workflow import OPEN


def committees_led(state: State, at: datetime) -> Panel | None:
    """For a State's page: what it leads, has led, and over which meetings it presides or has presided."""
    on = at.date()
    terms = list(Term.objects.filter(state=state).select_related("body").order_by("-starts", "-pk"))
    offices = list(Presidency.objects.filter(state=state).order_by("-starts", "-pk"))
    if not terms and not offices:
        return None
    return Panel(
        "committees/panels/state.html",
        {
            "now": [term for term in terms if term.starts <= on and (term.ends is None or term.ends > on)],
            "ahead": [term for term in terms if term.starts > on],
            "past": [term for term in terms if term.ends and term.ends <= on],
            "offices": offices,
        },
    )


def nominations_now(user: User, on: date) -> Panel | None:
    """For the desk of whoever reads nominations: how many wait, the way there, and where one can put one's State
    forward."""
    if not may(user, "committees.read_nominations", None):
        return None
    return Panel(
        "committees/panels/nominations.html",
        {
            "waiting": visible_nominations(user).filter(status__in=OPEN).count(),
            "states": [state for state in user.states if may(user, "committees.nominate_state", state)],
            "office": may(user, "committees.manage_bodies", None),
        },
    )


def find_bodies(words: str, limit: int) -> Iterator[Hit]:
    """Bodies whose name or subject says the words, in the reader's language or in English."""
    column = language_column()
    subject = "subject" if column == "en" else f"subject_{column}"
    said = Q()
    for word in words.split():
        said &= (
            Q(**{f"name_{column}__icontains": word})
            | Q(name_en__icontains=word)
            | Q(**{f"{subject}__icontains": word})
            | Q(subject__icontains=word)
        )
    for body in Body.objects.filter(said).select_related("kind").order_by("position", "pk")[:limit]:
        yield Hit(title=body.name, url=body.get_absolute_url(), snippet=body.subject_matter, detail=body.kind.name)


BODIES = SearchProvider(name="bodies", label=gettext_lazy("Committees"), find=find_bodies)
