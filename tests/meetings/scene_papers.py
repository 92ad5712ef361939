"""Part of the scene of the access tests: a published paper, one that Lao PDR proposed, one of a closed meeting."""

from typing import Any

from ccm_portal.core.enums import Role
from meetings.domain import papers as acts
from meetings.models import Meeting
from tests.factories import person
from tests.papers import AT, PDF, entered, issuer, text
from tests.papers import office as officer

CANARY = "CANARY-M1-paper"  # what only those who issue it and the ISO may read


def build(names: dict[str, Any]) -> dict[str, Any]:
    """Makes it, and names it for the policy's rows."""
    meeting: Meeting = names["meeting"]
    office = officer()
    paper = entered("CCM/MSP/2027/1", by=office)
    meeting.papers.create(document=paper)
    shown = text(paper, "en", publish=True)
    waiting = text(paper, "fr", title=f"{CANARY} not yet")
    proposed = acts.propose(
        meeting=meeting,
        codes=[],
        title=f"{CANARY} proposed",
        kind="working_paper",
        language="en",
        issuers=[issuer("LAO")],
        texts=[acts.NewText("en", PDF + CANARY.encode(), f"{CANARY}.pdf")],
        note=f"{CANARY} note",
        by=person(Role.DRAFTER, "LAO"),
        at=AT,
    )
    closed = Meeting.objects.get(key="coordination-2027-1")
    hidden = acts.enter(
        meeting=closed,
        codes=[],
        title="CANARY-M1 of the coordination body",
        kind="non_paper",
        language="en",
        symbol="",
        issuers=[issuer("iso")],
        texts=[acts.NewText("en", PDF + b"closed", "closed.pdf")],
        by=office,
        at=AT,
    )
    paper.refresh_from_db()
    return {
        "paper_shown": shown.pk,
        "paper_waiting": waiting.pk,
        "paper": paper.pk,
        "paper_version": paper.version,
        "paper_proposed": proposed.pk,
        "paper_proposed_text": proposed.texts.get().pk,
        "paper_hidden": str(hidden.pk),
        "paper_hidden_text": hidden.texts.get().pk,
    }
