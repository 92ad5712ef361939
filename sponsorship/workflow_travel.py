"""The end of an offer that was accepted, on one screen: the person came, or did not.

accepted ──travel──▶ travelled
    │                  │  ▲
    └──────miss────────▼  │ (what was marked wrongly is marked again, until it is settled)
                    no_show
"""

from django.utils.translation import gettext_lazy as _

from ccm_portal.core.workflow import Transition
from sponsorship.enums import OfferStatus as S

TRAVEL = Transition(
    name="travel",
    label=_("Note that the person came"),
    sources=frozenset({S.ACCEPTED, S.NO_SHOW}),
    target=S.TRAVELLED,
    perm="sponsorship.run_journeys",
)
MISS = Transition(
    name="miss",
    label=_("Note that the person did not come"),
    sources=frozenset({S.ACCEPTED, S.TRAVELLED}),
    target=S.NO_SHOW,
    perm="sponsorship.run_journeys",
)
