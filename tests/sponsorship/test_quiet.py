"""What was chosen betrays itself by nothing that a State does before the announcement."""

import pytest

from ccm_portal.core.enums import Role
from sponsorship.domain import nominees, withdrawals
from sponsorship.enums import NomineeStatus, RoundStatus
from tests.factories import person, state
from tests.meetings.factories import meeting
from tests.sponsorship.factories import AT, a_round, an_application

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", [NomineeStatus.ENDORSED, NomineeStatus.SELECTED])
def test_correcting_and_taking_back_answer_the_same_whether_something_was_chosen_or_not(status):
    sent = an_application(a_round(meeting(), status=RoundStatus.CLOSED), state("LAO"))
    sent.nominees.update(status=status, decision_reason="Best of all.")
    one, head = sent.nominees.get(), person(Role.HEAD_OF_DELEGATION, "LAO")

    nominees.correct(nominee=one, gender="woman", function="Chief", version=one.version, by=head, at=AT)
    withdrawals.take_back(application=sent, reason="A name.", version=sent.version, by=head, at=AT)

    one = sent.nominees.get()
    assert (one.status, one.decision_reason, one.version) == (NomineeStatus.NAMED, "", 3)
