"""What can be found of rounds: those that everybody reads, by their meeting and what is said of them."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ccm_portal.core.search import Hit, SearchProvider
from ccm_portal.core.writing import date_text
from sponsorship.domain.round_reading import badge
from sponsorship.rules_rounds import readable_rounds


def find_rounds(words: str, limit: int) -> Iterator[Hit]:
    """Rounds that hold every word, in the key or the name of their meeting, in the call or the rules; "sponsorship"
    itself, in the reader's language, is every round's. The last first."""
    found = readable_rounds()
    own = _("Sponsorship").casefold()
    for word in words.split()[:8]:
        if word.casefold() in own:
            continue
        said = Q(key__icontains=word) | Q(call__icontains=word) | Q(policy__title__icontains=word)
        found = found.filter(
            said | Q(meeting__title__icontains=word) | Q(meeting__key__icontains=word) | Q(policy__text__icontains=word)
        )
    for one in found.order_by("-meeting__starts", "pk")[:limit]:
        yield Hit(
            title=_("Sponsorship: %(meeting)s") % {"meeting": one.meeting.name},
            url=one.get_absolute_url(),
            snippet=badge(one)[1],
            detail=_("closes %(day)s") % {"day": date_text(one.closes_at)},
        )


ROUNDS = SearchProvider(name="rounds", label=gettext_lazy("Sponsorship"), find=find_rounds)
