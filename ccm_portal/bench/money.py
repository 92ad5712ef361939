"""Twenty offers in the same second against money for five: five are made, and every cent has its place."""

import threading
import time
from datetime import timedelta
from decimal import Decimal

from django.db import connection

from ccm_portal.bench import data
from ccm_portal.bench.figures import Row
from ccm_portal.core.models import State
from sponsorship.domain import funds, ledger, offers
from sponsorship.domain.earmarks import Pots
from sponsorship.domain.funds import NotEnough
from sponsorship.domain.ledger import Move
from sponsorship.enums import AccountKind, EntryKind, NomineeStatus, RoundStatus
from sponsorship.models import Contribution, Nominee, Offer
from tests.meetings.factories import meeting
from tests.sponsorship.factories import a_contribution, a_policy, a_round, an_application, an_offer, received

KEY = "bench-money"
AT_ONCE, MONEY_FOR, PRICE = 20, 5, Decimal(2000)


def offers_row() -> Row:
    """Each of the twenty is made by a thread with a connection of its own, all from one signal."""
    people, gift, aside = _prepare()
    came: list[str] = []
    barrier = threading.Barrier(AT_ONCE + 1)
    threads = [threading.Thread(target=_offer, args=(one, barrier, came)) for one in people]
    for thread in threads:
        thread.start()
    barrier.wait()
    began = time.monotonic()
    for thread in threads:
        thread.join()
    seconds = time.monotonic() - began
    funds.release(aside, by=None, at=data.NOW)
    made, refused = came.count("made"), came.count("refused")
    free, faults = ledger.balance(gift, AccountKind.FREE), len(ledger.faults())
    return Row(
        f"{AT_ONCE} offers at once against money for {MONEY_FOR}",
        f"{made} made, {refused} refused in {seconds:.2f} s",
        f"{free} left, {faults} faults in the ledger",
        f"{MONEY_FOR} made, nothing left, no fault",
        (made, refused, free, faults) == (MONEY_FOR, AT_ONCE - MONEY_FOR, 0, 0),
    )


def _prepare() -> tuple[list[Nominee], Contribution, Offer]:
    """Twenty selected people, the money for five, and an offer for which all other money is put aside meanwhile."""
    starts = data.NOW.date() + timedelta(days=100)
    at = meeting(KEY, ordinal=None, year=starts.year, starts=starts, ends=starts + timedelta(days=3))
    stands = {"status": RoundStatus.ANNOUNCED, "announced_at": data.NOW, "places": AT_ONCE + 1}
    round = a_round(at, policy=a_policy(9001), **stands)
    last, donor, *states = State.objects.order_by("iso3")[: AT_ONCE + 2]
    aside = an_offer(an_application(round, last).nominees.get())
    for pot in Pots.of(round, on=data.NOW.date()).pots:
        moves = [Move(to=AccountKind.FREE, amount=-pot.free), Move(to=AccountKind.HELD, amount=pot.free, offer=aside)]
        fact = {"round": round, "offer": aside, "worth": Decimal(0), "day": data.NOW.date(), "by": None, "at": data.NOW}
        ledger.post(kind=EntryKind.HOLD, contribution=pot.contribution, moves=moves, **fact)
    gift = received(a_contribution(donor), PRICE * MONEY_FOR)
    people = [an_application(round, state).nominees.get() for state in states]
    Nominee.objects.filter(pk__in=[one.pk for one in people]).update(status=NomineeStatus.SELECTED)
    return list(Nominee.objects.filter(pk__in=[one.pk for one in people])), gift, aside


def _offer(nominee: Nominee, barrier: threading.Barrier, came: list[str]) -> None:
    try:
        connection.ensure_connection()
        barrier.wait()
        offers.offer(nominee, by=None, at=data.NOW, mail=False)
        came.append("made")
    except NotEnough:
        came.append("refused")
    except Exception as fault:
        came.append(f"fault: {type(fault).__name__}")
    finally:
        connection.close()
