"""The work plan and the papers on the public page of their body."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from ccm_portal.core.panels import Panel
from committees.domain.plans import cited
from committees.enums import PlanStatus
from committees.models import Body, Milestone
from committees.rules_workspace import public_body_papers, public_plans

PAPERS = 30


def work_plan(body: Body, at: datetime) -> Panel | None:
    """What everybody reads of a body's plan: the ones that stand, not those that are closed. A constant number of
    queries."""
    plans = list(public_plans().filter(body=body, status=PlanStatus.PUBLISHED).order_by("-starts", "-pk"))
    if not plans:
        return None
    steps: dict[int, list[dict[str, Any]]] = defaultdict(list)
    rows = Milestone.objects.filter(plan__in=plans).select_related("term__state").prefetch_related("actions__plan")
    for row in rows.order_by("position", "pk"):
        steps[row.plan_id].append({"milestone": row, "cited": cited(row)})
    shown = [{"plan": plan, "last_day": plan.ends - timedelta(days=1), "steps": steps[plan.pk]} for plan in plans]
    return Panel("committees/panels/body_plan.html", {"plans": shown, "on": at.date()})


def papers(body: Body, at: datetime) -> Panel | None:
    """Its papers that everybody reads, the newest first."""
    rows = list(public_body_papers().filter(body=body).order_by("-document__published_at", "-pk")[:PAPERS])
    return Panel("committees/panels/body_papers.html", {"papers": rows}) if rows else None
