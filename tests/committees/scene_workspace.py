"""Part of the scene of the access tests: what is written in the workspaces of bodies.

Croatia leads the clearance committee; none of the policy's persons works there but the ISO's.
"""

from typing import Any

from ccm_portal.core.models import User
from committees.domain import body_papers, joining
from committees.domain.owners import Owner
from committees.models import Withdrawal
from tests.committees import factories, work
from tests.factories import state
from tests.papers import PDF

CANARY = "CANARY-C1-5b0e"


def build() -> dict[str, Any]:
    """Makes it, and names it for the policy's rows."""
    leader = factories.leader("clearance", "HRV")
    factories.body("coordination")
    partner = factories.partner("clearance")
    place = partner.workspaceplace_set.get()
    place.acts_for = f"{CANARY} comes from"
    place.save()
    step = work.step(f"{CANARY} next step", Owner(name=f"{CANARY} whose"), work.AT.date())
    contact = work.contact(leader, about=f"{CANARY} about", others=f"{CANARY} side", text=f"{CANARY} said", step=step)
    row = work.follow_up(leader, Owner(account=leader), what=f"{CANARY} to do", due=work.AT.date())
    problem = work.problem(leader, title=f"{CANARY} problem", text=f"{CANARY} text", ways_forward=f"{CANARY} way")
    work.follow_up(
        leader,
        Owner(name=f"{CANARY} host"),
        body="coordination",
        what=f"{CANARY} to prepare",
        meeting_key="scene-meeting",
        prepares=True,
    )
    plan, milestone = work.plan(leader, title=f"{CANARY} plan", text=f"{CANARY} sets out", step=f"{CANARY} step")
    _learn(leader)
    paper = body_papers.add_paper(
        body=factories.body("clearance"),
        kind="minutes",
        title=f"{CANARY} minutes",
        given=body_papers.Given(language="en", content=PDF + CANARY.encode(), name=f"{CANARY}.pdf"),
        by=leader,
        at=work.AT,
    )
    return {
        "withdrawal": Withdrawal.objects.get(state__iso3="LTU").pk,
        "plan": plan.pk,
        "milestone": milestone.pk,
        "body_paper": paper.pk,
        "body_paper_text": paper.document.texts.get().pk,
        "place": place.pk,
        "contact": contact.pk,
        "follow_up": row.pk,
        "problem": problem.pk,
    }


def _learn(by: User) -> None:
    """What only who works on universalisation may read of Jamaica."""
    learnt = joining.Learnt(
        on=work.AT.date(), step="parliament", position=f"{CANARY} position", source=f"{CANARY} source"
    )
    joining.note_entry(
        body=factories.body("universalisation"),
        state=state("JAM"),
        learnt=learnt,
        contact=None,
        next_step=work.step(f"{CANARY} next", Owner(name=f"{CANARY} whose"), None),
        by=by,
        at=work.AT,
    )
