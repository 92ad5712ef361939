"""The life of a suggested response, on one screen.

proposed ──agree──▶ agreed ──release──▶ released ──done──▶ done
   │  ▲               │  ▲                 │
   │  └─ propose again│  └── take back ────┘
   ▼                  ▼
not agreed ◀──do not agree
"""

from django.utils.translation import pgettext_lazy

from ccm_portal.core.workflow import Transition
from compliance.enums import ResponseStatus

AGREE_RESPONSE = Transition(
    name="agree_response",
    label=pgettext_lazy("response", "Agree"),
    sources=frozenset({ResponseStatus.PROPOSED}),
    target=ResponseStatus.AGREED,
    perm="compliance.lead_case",
)
REFUSE_RESPONSE = Transition(
    name="refuse_response",
    label=pgettext_lazy("response", "Do not agree"),
    sources=frozenset({ResponseStatus.PROPOSED, ResponseStatus.AGREED}),
    target=ResponseStatus.NOT_AGREED,
    perm="compliance.lead_case",
)
PROPOSE_AGAIN = Transition(
    name="propose_again",
    label=pgettext_lazy("response", "Propose again"),
    sources=frozenset({ResponseStatus.NOT_AGREED}),
    target=ResponseStatus.PROPOSED,
    perm="compliance.write_case",
)
RELEASE_RESPONSE = Transition(
    name="release_response",
    label=pgettext_lazy("response", "Release"),
    sources=frozenset({ResponseStatus.AGREED}),
    target=ResponseStatus.RELEASED,
    perm="compliance.lead_case",
)
TAKE_BACK_RESPONSE = Transition(
    name="take_back_response",
    label=pgettext_lazy("response", "Take back"),
    sources=frozenset({ResponseStatus.RELEASED}),
    target=ResponseStatus.AGREED,
    perm="compliance.lead_case",
)
FINISH_RESPONSE = Transition(
    name="finish_response",
    label=pgettext_lazy("response", "It is done"),
    sources=frozenset({ResponseStatus.RELEASED}),
    target=ResponseStatus.DONE,
    perm="compliance.lead_case",
)
