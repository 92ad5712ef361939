"""What papers add to the pages of a meeting, of an agenda item, of a State, and to the desk of a meeting."""

from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core.enums import DocumentStatus
from ccm_portal.core.models import DocumentIssuer, Follow, State, User
from ccm_portal.core.panels import Panel
from ccm_portal.core.permissions import may
from meetings.domain import paper_reading
from meetings.models import ItemPaper, Meeting
from meetings.panels import DeskLink
from meetings.rules_papers import managed_papers, own_papers, public_papers

LATEST = 5


def papers_of_item(meeting: Meeting, code: int, at: datetime) -> Panel | None:
    """On the page of an agenda item: its papers."""
    rows = ItemPaper.objects.filter(meeting=meeting, code=code).values("document")
    papers = list(paper_reading.listed(public_papers().filter(pk__in=rows)))
    if not papers:
        return None
    return Panel("meetings/panels/item_papers.html", {"lines": paper_reading.on_item(papers, meeting)})


def papers_of_meeting(meeting: Meeting, at: datetime) -> Panel | None:
    """On the page of a meeting: the papers that came out last."""
    papers = public_papers().filter(meetings__meeting=meeting)
    count = papers.count()
    if not count:
        return None
    latest = paper_reading.listed(papers.order_by("-published_at", "-pk")[:LATEST])
    return Panel(
        "meetings/panels/meeting_papers.html",
        {"lines": paper_reading.lines(latest), "count": count, "meeting": meeting},
    )


def papers_of_state(state: State, at: datetime) -> Panel | None:
    """On the page of a State: the papers that it issued, alone or with others."""
    issued = DocumentIssuer.objects.filter(state=state).values("document")
    papers = public_papers().filter(pk__in=issued).order_by("-published_at", "-pk")
    latest = list(paper_reading.listed(papers[: LATEST + 1]))
    if not latest:
        return None
    return Panel(
        "meetings/panels/state_papers.html",
        {
            "lines": paper_reading.lines(latest[:LATEST]),
            "more": len(latest) > LATEST,
            "url": f"{reverse('meetings:paper-list')}?state={state.slug}",
        },
    )


def own_papers_panel(user: User, on: date) -> Panel | None:
    """On a person's desk: the ways to what they proposed and what they follow; nothing where there is neither."""
    count = own_papers(user).count()
    follows = Follow.objects.filter(user=user).count()
    if not count and not follows and not may(user, "core.propose_document", None):
        return None
    return Panel("meetings/panels/own_papers.html", {"count": count, "follows": follows})


def desk_links(meeting: Meeting, user: User) -> list[DeskLink]:
    """On the private page of a meeting: to propose a paper; for who runs it, the desk of papers."""
    links = []
    if may(user, "meetings.manage_meeting", meeting):
        waiting = managed_papers(user).filter(meetings__meeting=meeting, status=DocumentStatus.PROPOSED).count()
        label = ngettext("%(count)s to accept or not", "%(count)s to accept or not", waiting) % {"count": waiting}
        links.append(
            DeskLink(
                title=_("Papers on the desk"),
                url=reverse("meetings:desk-papers", args=[meeting.key]),
                detail=_("Accept, add languages, publish, put on items."),
                status="yours" if waiting else "",
                label=label if waiting else "",
            )
        )
    if may(user, "meetings.propose_paper", meeting):
        links.append(
            DeskLink(
                title=_("Propose a paper"),
                url=reverse("meetings:paper-propose", args=[meeting.key]),
                detail=_("The ISO gives it its symbol and publishes it."),
            )
        )
    links.append(
        DeskLink(
            title=_("Be told once a day what is new"),
            url=f"{reverse('meetings:following')}?topic=meeting:{meeting.key}",
        )
    )
    return links
