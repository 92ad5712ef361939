"""What a delegate has to do next about reports."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core.models import User
from ccm_portal.core.permissions import may
from ccm_portal.core.work_items import WorkItem
from ccm_portal.core.workflow import available
from reporting.domain import asking, pdfs
from reporting.domain.obligations import Owed
from reporting.domain.queries import outstanding, sections_to_do
from reporting.enums import Provenance
from reporting.form.editions import edition as edition_of
from reporting.models import DraftComment
from reporting.rules import (
    awaiting_acknowledgement,
    lent_sections,
    own_drafts,
    own_states,
    recalled_reports,
    visible_comments,
    visible_drafts,
)
from reporting.workflow import FILE


def drafts_to_finish(user: User, on: date) -> Iterator[WorkItem]:
    drafts = list(own_drafts(user))
    asked = asking.asked_among(drafts)
    to_do = sections_to_do(drafts)
    for report in drafts:
        detail = ""
        if report.is_correcting:
            label = _("Go on with the correction: %(title)s") % {"title": report.title}
        elif report.pk not in to_do and available([FILE], report, user):
            label = _("Check and file: %(title)s") % {"title": report.title}
            if report.pk in asked:
                detail = _("%(name)s asks you to file it") % {"name": asked[report.pk].asked_by}
        else:
            label = _("Go on with: %(title)s") % {"title": report.title}
        yield WorkItem(
            label=label,
            url=report.get_draft_url(),
            due=None if report.is_correcting else report.due,
            acts_for=report.state.name,
            detail=detail,
        )


def sections_lent(user: User, on: date) -> Iterator[WorkItem]:
    """For a colleague in another ministry: the sections that a State has lent them."""
    for section in lent_sections(user).order_by("report__due", "pk"):
        report = section.report
        yield WorkItem(
            label=_("Write: %(section)s") % {"section": edition_of(report.edition).section(section.key).title},
            url=reverse("reporting:section-edit", args=[report.state.slug, report.slug, section.key]),
            due=report.due,
            acts_for=report.state.name,
            detail=_("Lent to you. %(title)s") % {"title": report.title},
        )


def comments_to_settle(user: User, on: date) -> Iterator[WorkItem]:
    """What colleagues have said and nobody settled: one line a report, for everyone but whoever said it."""
    said: dict[int, list[DraftComment]] = {}
    for comment in visible_comments(user).filter(settled_at=None).exclude(written_by=user).order_by("pk"):
        said.setdefault(comment.section.report_id, []).append(comment)
    for of_report in said.values():
        section = of_report[0].section
        report = section.report
        page = reverse("reporting:section-edit", args=[report.state.slug, report.slug, section.key])
        yield WorkItem(
            label=ngettext(
                "%(count)s comment of a colleague in a draft",
                "%(count)s comments of colleagues in a draft",
                len(of_report),
            )
            % {"count": len(of_report)},
            url=report.get_draft_url() + "#comments" if report.state_id in user.state_ids else page,
            due=None,
            acts_for=report.state.name,
            detail=report.title,
        )


def reports_to_start(user: User, on: date) -> Iterator[WorkItem]:
    if not user.state_ids:
        return
    states = own_states(user)
    recalled = {(report.state_id, report.kind, report.year) for report in recalled_reports().filter(state__in=states)}
    for owed, draft in outstanding(states, on=on):
        if draft is None and may(user, "reporting.start_draft", owed.state):
            was_recalled = (owed.state.pk, owed.kind, owed.year) in recalled
            yield WorkItem(
                label=_("Start: %(title)s") % {"title": owed.title},
                url=start_address(owed),
                due=owed.due,
                acts_for=owed.state.name,
                detail=_("Filed once and recalled: it can be reinstated") if was_recalled else "",
            )


def start_address(owed: Owed) -> str:
    """The page on which this report is begun."""
    asked = {"kind": owed.kind} | ({"year": owed.year} if owed.year else {})
    return f"{reverse('reporting:draft-start', args=[owed.state.slug])}?{urlencode(asked)}"


def acknowledgements_to_note(user: User, on: date) -> Iterator[WorkItem]:
    """For the ISO: reports that were sent to the United Nations and not yet acknowledged, in one line."""
    waiting = awaiting_acknowledgement(user).count()
    if waiting:
        yield WorkItem(
            label=ngettext(
                "%(count)s report sent to the United Nations awaits its acknowledgement",
                "%(count)s reports sent to the United Nations await their acknowledgement",
                waiting,
            )
            % {"count": waiting},
            url=reverse("reporting:transmission-list"),
            due=None,
        )


def drafts_to_look_at(user: User, on: date) -> Iterator[WorkItem]:
    """Drafts of other States: those that they let the ISO read."""
    for report in visible_drafts(user).exclude(state__in=user.state_ids).exclude(provenance=Provenance.ISO):
        yield WorkItem(
            label=_("Look at the draft: %(title)s") % {"title": report.title},
            url=report.get_draft_url(),
            due=None if report.is_correcting else report.due,
            acts_for=report.state.name,
        )


def documents_to_look_at(user: User, on: date) -> Iterator[WorkItem]:
    """For the ISO: reports whose PDF could not be made."""
    if not may(user, "reporting.track_transmissions", None):
        return
    for pdf in pdfs.parked():
        report = pdf.version.report
        yield WorkItem(
            label=_("Find out why there is no PDF: %(title)s") % {"title": report.title},
            url=report.get_absolute_url(),
            due=None,
            acts_for=report.state.name,
            detail=pdf.get_audience_display(),
        )
