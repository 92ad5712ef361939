"""Twenty offers in the same second against money for five: five are made, and every cent has its place."""

import threading
import time
from datetime import timedelta
from decimal import Decimal

from django.db import connection

from ccm_portal.bench import data
from ccm_portal.bench.figures import Row
from ccm_portal.core.models import State
from sponsorship.domain import ledger, offers
from sponsorship.domain.funds import NotEnough
from sponsorship.enums import AccountKind, NomineeStatus, RoundStatus
from sponsorship.models import Contribution, Nominee
from tests.meetings.factories import meeting
from tests.sponsorship.factories import a_contribution, a_policy, a_round, an_application, received

KEY = "bench-money"
AT_ONCE, MONEY_FOR, PRICE = 20, 5, Decimal(2000)


def offers_row() -> Row:
    """Each of the twenty is made by a thread with a connection of its own, all from one signal."""
    people, gift = _prepare()
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
    made, refused = came.count("made"), came.count("refused")
    free, faults = ledger.balance(gift, AccountKind.FREE), len(ledger.faults())
    return Row(
        f"{AT_ONCE} offers at once against money for {MONEY_FOR}",
        f"{made} made, {refused} refused in {seconds:.2f} s",
        f"{free} left, {faults} faults in the ledger",
        f"{MONEY_FOR} made, nothing left, no fault",
        (made, refused, free, faults) == (MONEY_FOR, AT_ONCE - MONEY_FOR, 0, 0),
    )


def _prepare() -> tuple[list[Nominee], Contribution]:
    starts = data.NOW.date() + timedelta(days=100)
    at = meeting(KEY, ordinal=None, year=starts.year, starts=starts, ends=starts + timedelta(days=3))
    stands = {"status": RoundStatus.ANNOUNCED, "announced_at": data.NOW, "places": AT_ONCE}
    round = a_round(at, policy=a_policy(9001), **stands)
    states = list(State.objects.order_by("iso3")[: AT_ONCE + 1])
    gift = received(a_contribution(states.pop()), PRICE * MONEY_FOR)
    people = [an_application(round, state).nominees.get() for state in states]
    Nominee.objects.filter(pk__in=[one.pk for one in people]).update(status=NomineeStatus.SELECTED)
    return list(Nominee.objects.filter(pk__in=[one.pk for one in people])), gift


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
