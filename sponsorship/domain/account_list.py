"""Which reports on a round there are, and of whom one could be made."""

from dataclasses import dataclass, field

from sponsorship.domain import round_money
from sponsorship.models import Contribution, IssuedAccount, Round


@dataclass(frozen=True, kw_only=True)
class Reports:
    """The reports to one donor, or to the meeting, the last first."""

    contribution: Contribution | None = None
    issued: list[IssuedAccount] = field(default_factory=list)

    @property
    def last(self) -> IssuedAccount | None:
        return self.issued[0] if self.issued else None


def of_round(round: Round) -> list[Reports]:
    """That to the meeting first, then one for each contribution of which money may be used in the round."""
    issued: dict[int | None, list[IssuedAccount]] = {}
    for one in round.issued_accounts.order_by("-number"):
        issued.setdefault(one.contribution_id, []).append(one)
    donors = sorted(round_money.usable_for(round), key=lambda one: (str(one.donor), one.currency, one.pk))
    return [
        Reports(issued=issued.get(None, [])),
        *(Reports(contribution=one, issued=issued.get(one.pk, [])) for one in donors),
    ]
