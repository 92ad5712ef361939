"""The clocks of the Convention in words: why a date is the date it is.

``explain`` turns what ``ccm_portal.treaty`` computed into a sentence in the reader's language. State pages, due items
and mails all take their reasons from here.
"""

import re
from datetime import date

from babel.dates import format_date
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from ccm_portal.core.enums import Clock
from ccm_portal.core.models import State, StateClock
from ccm_portal.treaty.clocks import (
    Reasoned,
    Rule,
    clearance_deadline,
    entry_into_force,
    initial_report_due,
    new_clearance_deadline,
    stockpile_deadline,
)

LOCALES = {"en": "en_GB", "zh-hans": "zh_Hans"}
PENDING = "not recorded here yet"  # in the notes of the reference data
EXTENSION_ARTICLES = {Clock.ART3: "3(3)", Clock.ART4: "4(5)", Clock.NEW_CLEARANCE: "4(5)"}

SENTENCES = {
    Rule.FIRST_THIRTY: gettext_lazy(
        "In force from %(day)s: first day of the sixth month after the thirtieth instrument was deposited,"
        " on %(start)s (Article %(article)s)."
    ),
    Rule.SIXTH_MONTH: gettext_lazy(
        "In force from %(day)s: first day of the sixth month after the instrument was deposited,"
        " on %(start)s (Article %(article)s)."
    ),
    Rule.INITIAL_REPORT: gettext_lazy(
        "Due on %(day)s: 180 days after entry into force on %(start)s (Article %(article)s)."
    ),
    Rule.ANNUAL_REPORT: gettext_lazy(
        "Due on %(day)s: 30 April after the year that the report covers, %(year)s (Article %(article)s)."
    ),
    Rule.RETENTION_REPORT: gettext_lazy(
        "Due on %(day)s: 30 April after the year in which cluster munitions were kept, acquired or transferred,"
        " %(year)s (Article %(article)s)."
    ),
    Rule.STOCKPILE: gettext_lazy(
        "All stocks to be destroyed by %(day)s: eight years after entry into force on %(start)s (Article %(article)s)."
    ),
    Rule.CLEARANCE: gettext_lazy(
        "Clearance to be completed by %(day)s: ten years after entry into force on %(start)s (Article %(article)s)."
    ),
    Rule.NEW_CLEARANCE: gettext_lazy(
        "New contamination to be cleared by %(day)s: ten years after the hostilities that caused it ended,"
        " on %(start)s (Article %(article)s)."
    ),
    Rule.STOCKPILE_EXTENSION: gettext_lazy(
        "An extension may run until %(day)s at the latest: four years after the deadline of %(start)s"
        " (Article %(article)s)."
    ),
    Rule.CLEARANCE_EXTENSION: gettext_lazy(
        "An extension may run until %(day)s at the latest: five years after the deadline of %(start)s"
        " (Article %(article)s)."
    ),
    Rule.LODGING: gettext_lazy(
        "Extension request to be lodged by %(day)s: nine months before the meeting that opens on %(start)s"
        " (Article %(article)s)."
    ),
    Rule.DECLARATION: gettext_lazy(
        "To be declared to the meeting that opens on %(day)s: the next one after completion on %(start)s"
        " (Article %(article)s)."
    ),
    Rule.CLARIFICATION: gettext_lazy(
        "Reply due on %(day)s: 28 days after the request was received, on %(start)s (Article %(article)s)."
    ),
    Rule.AMENDMENT: gettext_lazy(
        "Support for an amendment conference to be given by %(day)s: 90 days after the proposal was circulated,"
        " on %(start)s (Article %(article)s)."
    ),
    Rule.WITHDRAWAL: gettext_lazy(
        "Withdrawal takes effect on %(day)s: six months after the Depositary received the instrument,"
        " on %(start)s (Article %(article)s)."
    ),
    Rule.WITHDRAWAL_HELD: gettext_lazy(
        "Withdrawal takes effect on %(day)s, when the armed conflict in which the State is engaged ends; the Depositary"
        " received the instrument on %(start)s (Article %(article)s)."
    ),
    Rule.REVIEW_CONFERENCE: gettext_lazy(
        "Not before %(day)s: five years after the Review Conference of %(start)s (Article %(article)s)."
    ),
}


def long_date(day: date) -> str:
    """A date as the reader writes it: 1 August 2010, 1 août 2010, 2010年8月1日."""
    language = get_language() or "en"
    return format_date(day, "long", locale=LOCALES.get(language, language))


def explain(reasoned: Reasoned) -> str:
    """The date and its reason as one sentence in the active language."""
    return str(SENTENCES[Rule(reasoned.rule)]) % {
        "day": long_date(reasoned.day),
        "start": long_date(reasoned.start),
        "year": reasoned.start.year,
        "article": reasoned.article,
    }


def explain_entry_into_force(state: State) -> str:
    """Why the Convention is in force for ``state`` from the day it is; empty where it never was."""
    if state.entry_into_force is None:
        return ""
    ruled = entry_into_force(deposited=state.deposited) if state.deposited else None
    if state.entry_into_force_override is None and ruled:
        return explain(ruled)
    published = _("In force from %(day)s, as published: %(source)s.") % {
        "day": long_date(state.entry_into_force),
        "source": state.override_source,
    }
    if ruled is None:
        return published
    return published + " " + _("By the rule: %(sentence)s") % {"sentence": explain(ruled)}


def explain_withdrawal(state: State) -> str:
    """Since when ``state`` is no longer bound; empty where no withdrawal has been notified."""
    if state.withdrawn_effective is None:
        return ""
    return _("Withdrawal takes effect on %(day)s (Article 20(3)); no deadline counts from that day on.") % {
        "day": long_date(state.withdrawn_effective)
    }


def base_reason(clock: StateClock, *, state: State) -> Reasoned:
    """What the Convention itself gives for this clock, counted from the State's entry into force, or from the end of
    the hostilities that caused later contamination.

    :raises ValueError: if the Convention never entered into force for ``state``.
    """
    if state.entry_into_force is None:
        raise ValueError(f"{state.iso3} has no entry into force to count from.")
    if clock.clock == Clock.NEW_CLEARANCE and clock.starts:
        return new_clearance_deadline(hostilities_ended=clock.starts)
    rules = {Clock.INITIAL_REPORT: initial_report_due, Clock.ART3: stockpile_deadline, Clock.ART4: clearance_deadline}
    return rules[Clock(clock.clock)](entry_into_force=state.entry_into_force)


def explain_current(clock: StateClock, *, state: State) -> str:
    """Why the date that counts now is that date: published, extended, or as the Convention gives it."""
    base = base_reason(clock, state=state)
    if clock.override:
        return _("%(day)s, as published: %(source)s. The Convention gives %(base)s.") % {
            "day": long_date(clock.override),
            "source": clock.override_source,
            "base": long_date(base.day),
        }
    sentence = _granted(clock, base) if clock.granted_until else explain(base)
    if is_pending(clock):
        sentence += " " + _("A request to extend was made; its outcome is not recorded here yet.")
    return sentence


def is_pending(clock: StateClock) -> bool:
    """Whether the record still lacks what a meeting decided on a request: then no day of it has simply passed."""
    return PENDING in clock.notes


def without_pending(notes: str) -> str:
    """The notes without the sentence that a request is still to be answered."""
    return re.sub(rf"[^.]*{PENDING}[^.]*\.?\s*", " ", notes).strip()


def _granted(clock: StateClock, base: Reasoned) -> str:
    words = {
        "day": long_date(clock.granted_until or base.day),
        "article": EXTENSION_ARTICLES.get(Clock(clock.clock), base.article),
        "base": long_date(base.day),
    }
    if clock.granted_basis:
        words["basis"] = clock.granted_basis
        return _("Extended until %(day)s: %(basis)s (Article %(article)s). Without an extension: %(base)s.") % words
    if "unconfirmed" in clock.notes:
        unconfirmed = _(
            "Extended until %(day)s according to sources not yet confirmed (Article %(article)s)."
            " Without an extension: %(base)s."
        )
        return unconfirmed % words
    return _("Extended until %(day)s (Article %(article)s). Without an extension: %(base)s.") % words
