"""The report to the meeting on the public page of its round, once it is issued."""

from datetime import datetime

from ccm_portal.core.panels import Panel
from sponsorship.models import Round
from sponsorship.rules_settlement import public_accounts


def report_on_round(round: Round, at: datetime) -> Panel | None:
    issued = public_accounts().filter(round=round).order_by("-number").first()
    return Panel("sponsorship/panels/round_report.html", {"issued": issued}) if issued else None
