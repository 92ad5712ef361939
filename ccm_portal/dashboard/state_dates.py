"""A State's way through the Convention as a time line, each date with its reason."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ccm_portal.core.clock_sentences import explain_entry_into_force, explain_withdrawal
from ccm_portal.core.models import State


def timeline(state: State, *, on: date) -> list[dict[str, Any]]:
    """What the Depositary has recorded, oldest first."""
    deposit = state.get_instrument_kind_display() or _("Instrument deposited")
    events = [
        (state.signed, _("Signed"), ""),
        (state.deposited, deposit, _("Deposited with the Secretary-General of the United Nations.")),
        (state.entry_into_force, _("In force"), explain_entry_into_force(state)),
        (state.withdrawn_effective, _("Withdrawn"), explain_withdrawal(state)),
    ]
    return [
        {"date": day, "title": title, "text": text, "when": "past" if day <= on else "ahead"}
        for day, title, text in events
        if day
    ]
