"""The fixed words of sponsorship."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# Currencies in which donors give and costs arise, with the digits behind the point of each.
CURRENCIES = {
    "CHF": 2,
    "EUR": 2,
    "USD": 2,
    "GBP": 2,
    "NOK": 2,
    "SEK": 2,
    "DKK": 2,
    "AUD": 2,
    "CAD": 2,
    "NZD": 2,
    "JPY": 0,
}


class RoundStatus(models.TextChoices):
    """The life of a round, from its plan to the last receipt."""

    PLANNED = "planned", pgettext_lazy("sponsorship round", "Planned")
    OPEN = "open", pgettext_lazy("sponsorship round", "Call open")
    CLOSED = "closed", pgettext_lazy("sponsorship round", "Call closed")
    DECIDED = "decided", pgettext_lazy("sponsorship round", "Decided, not announced")
    ANNOUNCED = "announced", pgettext_lazy("sponsorship round", "Announced")
    SETTLED = "settled", pgettext_lazy("sponsorship round", "Settled")


# What everybody may read of a round; that it is decided is not told before the announcement.
PUBLIC_ROUNDS = (
    RoundStatus.OPEN,
    RoundStatus.CLOSED,
    RoundStatus.DECIDED,
    RoundStatus.ANNOUNCED,
    RoundStatus.SETTLED,
)
# Rounds whose applications can be weighed.
ASSESSED_ROUNDS = (RoundStatus.CLOSED, RoundStatus.DECIDED, RoundStatus.ANNOUNCED, RoundStatus.SETTLED)


class RuleKey(models.TextChoices):
    """What a rule of eligibility looks at."""

    AFFECTED = "affected", _("Affected by cluster munitions")
    LEAST_DEVELOPED = "least_developed", _("Least developed country")
    SMALL_ISLAND = "small_island", _("Small island developing State")
    REQUEST_PENDING = "request_pending", _("Extension request pending")
    DEADLINE_NEAR = "deadline_near", _("Deadline within 24 months")
    OVERDUE_REPORT = "overdue_report", _("Transparency report overdue")
    JOINING = "joining", _("Signatory, or on the way to joining")
    NO_GENEVA_MISSION = "no_geneva_mission", _("No permanent mission in Geneva")
    DONOR = "donor", _("Donor to the programme")
    PAST_DUTIES = "past_duties", _("Duties of earlier sponsorship kept")
    PAST_SPONSORSHIP = "past_sponsorship", _("Sponsored before")


class RuleEffect(models.TextChoices):
    """What a rule does where it holds."""

    QUALIFIES = "qualifies", _("Qualifies")  # one of these is needed, and each adds its points
    ADDS = "adds", _("Adds points")
    LOWERS = "lowers", _("Takes points away")
    EXCLUDES = "excludes", _("Excludes")


class FactKind(models.TextChoices):
    """Facts about States that no treaty record holds."""

    LEAST_DEVELOPED = "least_developed", _("On the list of least developed countries")
    SMALL_ISLAND = "small_island", _("On the list of small island developing States")
    NO_GENEVA_MISSION = "no_geneva_mission", _("No permanent mission in Geneva")
    JOINING = "joining", _("On the way to joining the Convention")


class EarmarkKind(models.TextChoices):
    """What a donor wants its money to be used for. Earmarks of several kinds must all be met."""

    MEETING = "meeting", _("A meeting")
    REGION = "region", _("A region")
    LEAST_DEVELOPED = "least_developed", _("Least developed countries")
    WOMEN = "women", _("Women")
    AFFECTED = "affected", _("Affected States")


class AccountKind(models.TextChoices):
    """Where money is. Each account is of one contribution, in one currency."""

    PLEDGER = "pledger", _("Promised by the donor")
    PLEDGED = "pledged", _("Pledged, not received")
    DONOR = "donor", _("Paid in by the donor")
    FREE = "free", _("Free")
    HELD = "held", _("Held for an offer")
    SPENT = "spent", _("Spent")
    EXCHANGE = "exchange", _("Exchanged")


# Accounts that face the world: what came out of them is the portal's, so they stand below zero.
OUTSIDE = (AccountKind.PLEDGER, AccountKind.DONOR, AccountKind.EXCHANGE)


class EntryKind(models.TextChoices):
    """What happened to money."""

    PLEDGE = "pledge", _("Pledge")
    PLEDGE_CHANGED = "pledge_changed", _("Pledge changed")
    RECEIPT = "receipt", _("Money received")
    HOLD = "hold", _("Held for an offer")
    RELEASE = "release", _("Set free")
    PAYMENT = "payment", _("Payment")
    REFUND = "refund", _("Refund")
    RETURN = "return", _("Returned to the donor")
    EXCHANGE = "exchange", _("Exchange")
    CORRECTION = "correction", _("Correction")


class ApplicationStatus(models.TextChoices):
    """The life of a State's application in a round."""

    DRAFT = "draft", pgettext_lazy("application for sponsorship", "Draft")
    ENDORSED = "endorsed", pgettext_lazy("application for sponsorship", "Endorsed and sent")
    WITHDRAWN = "withdrawn", pgettext_lazy("application for sponsorship", "Withdrawn")


class NomineeStatus(models.TextChoices):
    """Where a nominated person stands. What was decided is quiet until the round is announced."""

    NAMED = "named", pgettext_lazy("nominated person", "Named, not sent")
    ENDORSED = "endorsed", pgettext_lazy("nominated person", "Endorsed")
    SELECTED = "selected", pgettext_lazy("nominated person", "Selected")
    WAITING = "waiting", pgettext_lazy("nominated person", "On the waiting list")
    NOT_SELECTED = "not_selected", pgettext_lazy("nominated person", "Not selected")
    WITHDRAWN = "withdrawn", pgettext_lazy("nominated person", "Withdrawn")


class OfferStatus(models.TextChoices):
    """The life of an offer, until the person has travelled, or not."""

    OFFERED = "offered", pgettext_lazy("offer of sponsorship", "Offered")
    ACCEPTED = "accepted", pgettext_lazy("offer of sponsorship", "Accepted")
    DECLINED = "declined", pgettext_lazy("offer of sponsorship", "Declined")
    LAPSED = "lapsed", pgettext_lazy("offer of sponsorship", "Lapsed without a reply")
    WITHDRAWN = "withdrawn", pgettext_lazy("offer of sponsorship", "Withdrawn after acceptance")
    TRAVELLED = "travelled", pgettext_lazy("offer of sponsorship", "Travelled")
    NO_SHOW = "no_show", pgettext_lazy("offer of sponsorship", "Did not come")


# Offers that hold a place, and money for it.
STANDING_OFFERS = (OfferStatus.OFFERED, OfferStatus.ACCEPTED, OfferStatus.TRAVELLED)
# Offers on which money may have been spent: they are settled.
TO_SETTLE = (OfferStatus.WITHDRAWN, OfferStatus.TRAVELLED, OfferStatus.NO_SHOW)


class SettlementStatus(models.TextChoices):
    """Whether the costs of an offer are all in."""

    OPEN = "open", pgettext_lazy("settlement", "Open")
    SETTLED = "settled", pgettext_lazy("settlement", "Settled")


class VisaStatus(models.TextChoices):
    """How far a visa is."""

    UNKNOWN = "unknown", pgettext_lazy("visa", "Not known")
    NOT_NEEDED = "not_needed", pgettext_lazy("visa", "Not needed")
    TO_APPLY = "to_apply", pgettext_lazy("visa", "To be applied for")
    APPLIED = "applied", pgettext_lazy("visa", "Applied for")
    GRANTED = "granted", pgettext_lazy("visa", "Granted")
    REFUSED = "refused", pgettext_lazy("visa", "Refused")


class PassportStanding(models.TextChoices):
    """What the sealed date of the passport means for the journey."""

    UNKNOWN = "unknown", pgettext_lazy("passport", "Not given")
    FINE = "fine", pgettext_lazy("passport", "Valid for long enough")
    TOO_SHORT = "too_short", pgettext_lazy("passport", "Valid for less than the host country asks")
    EXPIRES = "expires", pgettext_lazy("passport", "Expires before the journey ends")


class TicketStatus(models.TextChoices):
    """What became of the ticket."""

    NONE = "none", pgettext_lazy("ticket", "Not bought")
    BOUGHT = "bought", pgettext_lazy("ticket", "Bought")
    USED = "used", pgettext_lazy("ticket", "Used")
    RETURNED = "returned", pgettext_lazy("ticket", "Returned")
    LOST = "lost", pgettext_lazy("ticket", "Unused, no refund")


class DutyKind(models.TextChoices):
    """What a sponsored delegation owes."""

    STATEMENT = "statement", _("Make a statement")
    ATTENDANCE = "attendance", _("Attend the meeting")
    REPORT = "report", _("Report on the participation")


class CostKind(models.TextChoices):
    """What was paid for."""

    TICKET = "ticket", _("Ticket")
    HOTEL = "hotel", _("Hotel")
    ALLOWANCE = "allowance", _("Daily allowance")
    TERMINAL = "terminal", _("Terminal expenses")
    VISA = "visa", pgettext_lazy("cost", "Visa")
    INSURANCE = "insurance", _("Insurance")
    OTHER = "other", pgettext_lazy("cost", "Other")


class SealedKind(models.TextChoices):
    """What is kept sealed of a person."""

    PASSPORT = "passport", _("Passport")
    BANK = "bank", _("Bank account")
    HEALTH = "health", _("Health and access needs")


class BankChangeStatus(models.TextChoices):
    """A changed bank account waits for a second person."""

    PROPOSED = "proposed", pgettext_lazy("change of a bank account", "Waits for a second person")
    CONFIRMED = "confirmed", pgettext_lazy("change of a bank account", "Confirmed")
    REFUSED = "refused", pgettext_lazy("change of a bank account", "Refused")
