"""The report of a meeting, assembled from what the portal holds: a draft to be edited, never a record by itself."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core import writing
from ccm_portal.core.enums import DocumentStatus
from ccm_portal.core.models import Document
from ccm_portal.core.symbols import sort_key
from meetings.domain import agenda_reading, ballots, decision_reading, participant_list, reading
from meetings.domain.decisions import CARRIED
from meetings.domain.local_times import day_there
from meetings.enums import DecisionMethod, DecisionOutcome, DelegationStatus, MeetingStatus, SlotStatus
from meetings.models import Decision, Meeting, MeetingPaper, MeetingPresence, Participant, SpeakerSlot
from meetings.rules import public_meetings
from meetings.rules_decisions import public_decisions


@dataclass(frozen=True)
class Paragraph:
    """A numbered paragraph, with lines below it."""

    number: int
    text: str
    lines: tuple[str, ...] = ()
    quoted: str = ""  # word for word, such as the text of a decision


@dataclass(frozen=True)
class Section:
    """A heading and its paragraphs."""

    title: str
    paragraphs: tuple[Paragraph, ...]


@dataclass
class Draft:
    """The whole report in the active language."""

    title: str
    meeting: Meeting
    sections: list[Section] = field(default_factory=list)


class _Counter:
    """Numbers paragraphs through all sections, as reports of the United Nations do."""

    def __init__(self) -> None:
        self.last = 0

    def say(self, text: str, lines: Iterable[str] = (), quoted: str = "") -> Paragraph:
        self.last += 1
        return Paragraph(self.last, text, tuple(lines), quoted)


def assemble(meeting: Meeting, *, at: datetime) -> Draft:
    """What the portal knows of the meeting, in the active language. A constant number of queries."""
    draft = Draft(title=_("Draft report of the %(meeting)s") % {"meeting": meeting.name}, meeting=meeting)
    count, is_ahead = _Counter(), day_there(at, meeting.time_zone) < meeting.ends
    decisions = list(public_decisions().filter(meeting=meeting).order_by("number").prefetch_related(
        "votes__state", "elections__nomination__state", "elections__nomination__body"
    ))  # fmt: skip
    parts = (
        (_("Opening and organisation"), _opening(count, meeting, is_ahead=is_ahead)),
        (_("Participation"), _participation(count, meeting, is_ahead=is_ahead)),
        (_("Agenda"), _agenda(count, meeting)),
        (_("Papers"), _papers(count, meeting)),
        (_("Statements"), _statements(count, meeting)),
        (_("Decisions"), _decisions(count, decisions)),
        (_("Elections"), _elections(count, decisions)),
        (_("Next meeting"), _next(count, meeting, decisions)),
    )
    for title, paragraphs in parts:
        found = tuple(paragraphs)
        if found:
            draft.sections.append(Section(title, found))
    return draft


def _opening(count: _Counter, meeting: Meeting, *, is_ahead: bool) -> Iterator[Paragraph]:
    whole = reading.whole(Meeting.objects.filter(pk=meeting.pk)).get()
    held = (
        _("The %(meeting)s is not over. It is planned: %(when_where)s.")
        if is_ahead
        else _("The %(meeting)s was held: %(when_where)s.")
    )
    yield count.say(held % {"meeting": meeting.name, "when_where": reading.sentence(whole)})
    sittings = sum(len(part.sittings.all()) for part in whole.parts.all())
    if sittings:
        planned = ngettext("%(count)s sitting is planned.", "%(count)s sittings are planned.", sittings)
        done = ngettext("It held %(count)s sitting.", "It held %(count)s sittings.", sittings)
        yield count.say((planned if is_ahead else done) % {"count": sittings})
    conveners = [body.name for body in whole.convened_by.all()]
    if conveners:
        yield count.say(_("It was convened by: %(bodies)s.") % {"bodies": writing.listed(conveners)})
    officers = [
        writing.labelled(one.get_office_display(), _person(one.state.name if one.state else "", one.name))
        for one in whole.officers.all()
    ]
    if officers:
        yield count.say(_("The officers of the meeting were:"), officers)


def _person(state: str, name: str) -> str:
    return f"{state} ({name})" if state and name else state or name


def _participation(count: _Counter, meeting: Meeting, *, is_ahead: bool) -> Iterator[Paragraph]:
    """Who took part: delegations that were notified, have persons or were in the room. Ahead, who is expected too."""
    came = (
        Q(status=DelegationStatus.NOTIFIED)
        | Exists(Participant.objects.filter(delegation=OuterRef("pk")))
        | Exists(MeetingPresence.objects.filter(delegation=OuterRef("pk")))
    )
    shown = came | Q(status=DelegationStatus.EXPECTED) if is_ahead else came
    for group in participant_list.groups(meeting.delegations.filter(shown)):
        names = [entry.name for entry in group.entries]
        text = (
            ngettext(
                "%(title)s: %(count)s delegation is expected.",
                "%(title)s: %(count)s delegations are expected.",
                len(names),
            )
            if is_ahead
            else ngettext(
                "%(title)s: %(count)s delegation took part.", "%(title)s: %(count)s delegations took part.", len(names)
            )
        )
        yield count.say(text % {"title": group.title, "count": len(names)}, [writing.listed(names)])


def _agenda(count: _Counter, meeting: Meeting) -> Iterator[Paragraph]:
    newest = agenda_reading.newest_revision(meeting)
    if newest is None:
        return
    text = _("The meeting worked by its agenda, revision %(number)s of %(day)s:")
    items = agenda_reading.revision_items(newest)
    day = writing.date_text(newest.published_at)
    yield count.say(text % {"number": newest.number, "day": day}, [one.label for one in items if one.is_numbered])


def _papers(count: _Counter, meeting: Meeting) -> Iterator[Paragraph]:
    published = Document.objects.filter(
        status=DocumentStatus.PUBLISHED, pk__in=MeetingPaper.objects.filter(meeting=meeting).values("document")
    )
    in_order = sorted(published.order_by("pk"), key=lambda one: sort_key(one.symbol or one.title))
    lines = [" ".join(filter(None, (one.symbol, one.title))) for one in in_order]
    if lines:
        text = ngettext(
            "%(count)s paper was before the meeting:", "%(count)s papers were before the meeting:", len(lines)
        )
        yield count.say(text % {"count": len(lines)}, lines)


def _statements(count: _Counter, meeting: Meeting) -> Iterator[Paragraph]:
    spoken = SpeakerSlot.objects.filter(list__meeting=meeting, status=SlotStatus.SPOKEN)
    by_item: dict[int, list[str]] = defaultdict(list)
    for slot in spoken.select_related("list", "delegation__state", "delegation__organisation").order_by("started_at"):
        of = slot.delegation.state or slot.delegation.organisation
        name = of.name if of else slot.delegation.name
        if slot.on_behalf_of:
            name = _("%(name)s, for %(group)s") % {"name": name, "group": slot.on_behalf_of}
        if name not in by_item[slot.list.code]:
            by_item[slot.list.code].append(name)
    if not by_item:
        return
    for item in agenda_reading.public_items(meeting) or agenda_reading.desk_items(meeting):
        if names := by_item.pop(item.code, None):
            yield count.say(
                _("Under item %(item)s statements were made by:") % {"item": item.label}, [writing.listed(names)]
            )
    for names in by_item.values():
        yield count.say(
            _("Under an item that is no longer on the agenda statements were made by:"), [writing.listed(names)]
        )


def _decisions(count: _Counter, decisions: Iterable[Decision]) -> Iterator[Paragraph]:
    for one in decisions:
        lines = []
        if tally := ballots.recorded(one):
            lines.append(decision_reading.vote_words(one, tally))
            lines += [
                writing.labelled(said, writing.listed(state.name for state in states))
                for said, states in decision_reading.roll(one)
            ]
        for label, text in (
            (_("Conditions and benchmarks"), one.conditions),
            (_("Reservations and explanations"), one.reservations),
        ):
            if text:
                lines.append(writing.labelled(label, text))
        yield count.say(_said_of(one), lines, quoted=one.text)


def _said_of(decision: Decision) -> str:
    """Who decided what, in one sentence; the text follows."""
    sentences = {
        (DecisionMethod.AGREEMENT, DecisionOutcome.ADOPTED): _("The meeting adopted by general agreement (%(title)s):"),
        (DecisionMethod.AGREEMENT, DecisionOutcome.AMENDED): _("The meeting adopted, as amended (%(title)s):"),
        (DecisionMethod.VOTE, DecisionOutcome.ADOPTED): _("The meeting adopted by vote (%(title)s):"),
        (DecisionMethod.SILENCE, DecisionOutcome.ADOPTED): _("Adopted by silence procedure (%(title)s):"),
    }
    otherwise = {
        DecisionOutcome.NOT_ADOPTED: _("The following was not adopted (%(title)s):"),
        DecisionOutcome.DEFERRED: _("The following was deferred (%(title)s):"),
    }
    outcome = DecisionOutcome(decision.outcome)
    found = otherwise.get(outcome) or sentences.get((DecisionMethod(decision.method), outcome))
    return (found or _("The meeting adopted (%(title)s):")) % {"title": decision.title}


def _elections(count: _Counter, decisions: Iterable[Decision]) -> Iterator[Paragraph]:
    lines = [
        writing.labelled(one.nomination.body.name, one.nomination.state.name)
        for decision in decisions
        for one in decision.elections.all()
    ]
    if lines:
        yield count.say(_("The meeting elected:"), lines)


def _next(count: _Counter, meeting: Meeting, decisions: Iterable[Decision]) -> Iterator[Paragraph]:
    decided = [one for one in decisions if one.outcome in CARRIED and decision_reading.dates_words(one)]
    for one in decided:
        name = one.about_meeting.name if one.about_meeting else one.title
        yield count.say(
            _("Decided for %(meeting)s: %(dates)s.") % {"meeting": name, "dates": decision_reading.dates_words(one)}
        )
    if decided:
        return
    later = public_meetings().filter(starts__gt=meeting.ends, is_formal=True).exclude(status=MeetingStatus.CANCELLED)
    following = reading.listed(later).order_by("starts").first()
    if following:
        yield count.say(
            _("The next formal meeting: %(meeting)s, %(when_where)s.")
            % {"meeting": following.name, "when_where": reading.sentence(following)}
        )
