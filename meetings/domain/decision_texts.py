"""What was recorded of a decision, kept word for word."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ccm_portal.core import writing
from ccm_portal.core.models import State, User
from meetings.enums import DecisionKind, DecisionOutcome
from meetings.models import Decision, DecisionText

LABELS: dict[str, str | Promise] = {
    "kind": gettext_lazy("Kind"),
    "title": gettext_lazy("Title"),
    "text": gettext_lazy("Text"),
    "outcome": gettext_lazy("Outcome"),
    "decided_on": gettext_lazy("Decided on"),
    "about_state": gettext_lazy("About"),
    "conditions": gettext_lazy("Conditions and benchmarks"),
    "reservations": gettext_lazy("Reservations and explanations"),
    "granted_until": gettext_lazy("Granted until"),
    "code": gettext_lazy("Agenda item"),
    "document": gettext_lazy("Paper"),
    "about_meeting": pgettext_lazy("decided dates", "Meeting"),
    "about_starts": gettext_lazy("First day"),
    "about_ends": gettext_lazy("Last day"),
    "about_city": gettext_lazy("City"),
    "about_host": gettext_lazy("Host"),
}


@dataclass(frozen=True)
class Earlier:
    """A text that was corrected, the correction, and which places it changed: (label, as it was)."""

    number: int
    corrected_at: datetime
    note: str
    was: tuple[tuple[str, str], ...]


def content_of(decision: Decision) -> str:
    """Canonical JSON of what is kept."""
    told: dict[str, Any] = {
        "meeting": decision.meeting.key,
        "number": decision.number,
        "method": decision.method,
        "majority": decision.majority,
        "yes": decision.yes,
        "no": decision.no,
        "abstaining": decision.abstaining,
        "about_state": decision.about_state.iso3 if decision.about_state else "",
        "about_host": decision.about_host.iso3 if decision.about_host else "",
        "about_meeting": decision.about_meeting.key if decision.about_meeting else "",
        "document": decision.document_id or "",
        "code": decision.code or "",
    }
    for name in ("kind", "title", "text", "outcome", "conditions", "reservations", "about_city"):
        told[name] = getattr(decision, name)
    for name in ("decided_on", "granted_until", "about_starts", "about_ends"):
        day = getattr(decision, name)
        told[name] = day.isoformat() if day else ""
    return json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def keep(decision: Decision, *, note: str, by: User | None, at: datetime) -> DecisionText:
    """Keep it as it stands now, as its next text."""
    content = content_of(decision)
    return DecisionText.objects.create(
        decision=decision,
        number=decision.texts.count() + 1,
        content=content,
        content_hash=hashlib.sha256(content.encode()).hexdigest(),
        note=note,
        recorded_by=by,
        recorded_at=at,
    )


def earlier_texts(decision: Decision) -> list[Earlier]:
    """Every text that a correction replaced, the newest correction first. Two queries at most."""
    texts = list(decision.texts.order_by("number"))
    if len(texts) < 2:
        return []
    contents = [json.loads(one.content) for one in texts]
    codes = {one[name] for one in contents for name in ("about_state", "about_host")} - {""}
    names = {state.iso3: state.name for state in State.objects.filter(iso3__in=codes)} if codes else {}
    found = []
    for before, after, text in zip(contents, contents[1:], texts[1:], strict=False):
        changed = [name for name in LABELS if before.get(name) != after.get(name)]
        was = tuple((str(LABELS[name]), _shown(name, before[name], names)) for name in changed)
        found.append(Earlier(text.number - 1, text.recorded_at, text.note, was))
    return found[::-1]


def _shown(name: str, value: Any, names: dict[str, str]) -> str:
    if value in ("", None):
        return _("nothing")
    if name == "kind":
        return str(DecisionKind(value).label)
    if name == "outcome":
        return str(DecisionOutcome(value).label)
    if name in ("decided_on", "granted_until", "about_starts", "about_ends"):
        return writing.date_text(datetime.fromisoformat(value).date())
    return names.get(value, str(value)) if name in ("about_state", "about_host") else str(value)
