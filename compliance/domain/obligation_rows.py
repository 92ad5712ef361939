"""One obligation of one State: by when, by which rule, what was granted or published, and how it stands."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from ccm_portal.core.clock_sentences import EXTENSION_ARTICLES, explain, explain_current, is_pending, long_date
from ccm_portal.core.enums import Clock
from ccm_portal.core.models import State, StateClock
from ccm_portal.core.writing import labelled
from ccm_portal.treaty.clocks import Reasoned
from committees.models import Withdrawal
from compliance.enums import ObligationKind, Standing
from compliance.models import Benchmark, CirculatedClarification, Completion, ExtensionRequest, OfficialDay, Suspension
from meetings.models import Meeting

CLOCKS = {
    Clock.ART3: ObligationKind.STOCKPILE,
    Clock.ART4: ObligationKind.CLEARANCE,
    Clock.NEW_CLEARANCE: ObligationKind.NEW_CLEARANCE,
}
# Standings in which something is still to be done.
OPEN = frozenset({Standing.RUNNING, Standing.LAPSED, Standing.LAPSED_PENDING, Standing.SUSPENDED})
# Standings in which nothing is asked, or nothing is known: lists leave them out unless they are asked for.
QUIET = frozenset({Standing.NOTHING, Standing.UNRECORDED})


@dataclass(frozen=True)
class Filed:
    """A report that was filed, as far as obligations are about it. ``on`` None: the day is not known."""

    on: date | None
    slug: str


@dataclass(frozen=True, kw_only=True)
class Obligation:
    """What a State owes, derived on a day. ``key`` names it for ever within its State.

    ``due`` is the day that counts, ``computed`` what the rule gives. ``clock`` is the one it stands on or is about;
    ``pending`` the request on it that waits for a decision; ``extensions`` what was granted on it, oldest first.
    """

    state: State
    kind: ObligationKind
    key: str
    due: date
    computed: date
    standing: Standing
    article: str
    reason: Reasoned | None = None
    year: int | None = None
    clock: StateClock | None = None
    official: OfficialDay | None = None
    pending: ExtensionRequest | None = None
    extensions: tuple[ExtensionRequest, ...] = ()
    completion: Completion | None = None
    suspension: Suspension | None = None
    benchmark: Benchmark | None = None
    withdrawal: Withdrawal | None = None
    meeting: Meeting | None = None
    filed: Filed | None = None
    clarification: CirculatedClarification | None = None

    @property
    def starts(self) -> date | None:
        """The day from which it counts."""
        return self.reason.start if self.reason else None

    @property
    def is_open(self) -> bool:
        return self.standing in OPEN

    @property
    def is_clock(self) -> bool:
        """Whether it is a time limit that a meeting can extend."""
        return self.kind in CLOCKS.values()

    @property
    def override(self) -> date | None:
        """The officially published day, where it differs from the computed one."""
        if self.official:
            return self.official.day
        return self.clock.override if self.clock and self.is_own_clock else None

    @property
    def override_source(self) -> str:
        if self.official:
            return self.official.source
        return self.clock.override_source if self.clock and self.is_own_clock else ""

    @property
    def is_own_clock(self) -> bool:
        """Whether the day is kept on the clock, and not only counted from it."""
        return self.is_clock or self.kind == ObligationKind.INITIAL_REPORT

    @property
    def granted(self) -> date | None:
        return self.clock.granted_until if self.clock and self.is_clock else None

    @property
    def granted_article(self) -> str:
        return EXTENSION_ARTICLES.get(Clock(self.clock.clock), "") if self.clock else ""

    @property
    def is_pending(self) -> bool:
        """Whether a request waits for its decision, or for the record of it."""
        return self.pending is not None or bool(self.is_clock and self.clock and is_pending(self.clock))

    @property
    def is_demonstration(self) -> bool:
        """Whether a request that is told with it was made up to show the portal."""
        of_benchmark = self.benchmark.request if self.benchmark else None
        told = (self.pending, *self.extensions, of_benchmark, self.clarification)
        return any(one.is_demonstration for one in told if one)

    @cached_property
    def title(self) -> str:
        kind = self.kind
        if kind == ObligationKind.ANNUAL_REPORT:
            return _("Report for %(year)s") % {"year": self.year}
        if kind == ObligationKind.RETENTION_REPORT:
            return _("Report on munitions retained in %(year)s") % {"year": self.year}
        if self.is_clock and self.clock:
            return clock_title(self.clock)
        if kind in (ObligationKind.LODGING, ObligationKind.DECLARATION) and self.clock:
            return labelled(kind.label, clock_title(self.clock))
        return str(kind.label)

    @cached_property
    def sentence(self) -> str:
        """Why the day that counts is that day."""
        if self.official:
            return _("%(day)s, as published: %(source)s. The Convention gives %(base)s.") % {
                "day": long_date(self.official.day),
                "source": self.official.source,
                "base": long_date(self.computed),
            }
        if self.is_own_clock and self.clock:
            return explain_current(self.clock, state=self.state)
        if self.benchmark:
            return self.benchmark.text
        return explain(self.reason) if self.reason else ""


def clock_title(clock: StateClock) -> str:
    """Clearance (Article 4); of later contamination, after which hostilities."""
    if clock.cause:
        return _("Clearance after: %(cause)s") % {"cause": clock.cause}
    return str(Clock(clock.clock).label)


def clock_key(clock: StateClock) -> str:
    return f"{clock.clock}:{clock.key}" if clock.key else str(clock.clock)
