"""The ISO thanks a State, once a version."""

import pytest
from django.core import mail

from ccm_portal.core import outbox
from ccm_portal.core.enums import Role
from ccm_portal.core.models import OutgoingMessage, RegisterEntry
from reporting.domain import office, thanks
from reporting.models import ReportThanks
from tests.reporting.afterwards import LATER, iso_staff
from tests.reporting.support import filed, person

pytestmark = pytest.mark.django_db


def test_the_filer_and_the_approvers_are_thanked_each_in_a_mail_of_their_own():
    approver, colleague = person(Role.APPROVER), person(Role.HEAD_OF_DELEGATION)
    person(Role.DRAFTER)
    person(Role.APPROVER, "LBN")
    version = filed(approver)

    given = thanks.thank(version=version, text=" Thank you, colleagues. ", by=iso_staff(), at=LATER)

    owed = OutgoingMessage.objects.filter(kind="reporting.thanked")
    for message in owed:
        outbox.deliver(pk=message.pk, at=LATER)
    assert sorted(letter.to for letter in mail.outbox) == sorted([[approver.email], [colleague.email]])
    assert all("Thank you, colleagues." in letter.body for letter in mail.outbox)
    assert given.text == "Thank you, colleagues."
    assert RegisterEntry.objects.latest("number").action == "reporting.report.thank"


def test_the_proposed_text_is_in_the_language_of_the_report():
    version = filed(person(Role.APPROVER), language="fr")

    assert "République démocratique populaire lao" in thanks.proposed_text(version)


def test_a_version_is_thanked_for_once_and_leaves_the_offices_list():
    version, by = filed(person(Role.APPROVER)), iso_staff()
    before = list(office.to_thank(by, on=LATER.date()))
    thanks.thank(version=version, text="Thank you.", by=by, at=LATER)

    with pytest.raises(thanks.ThanksRefused, match="has been thanked"):
        thanks.thank(version=version, text="Again.", by=by, at=LATER)

    assert (before, list(office.to_thank(by, on=LATER.date()))) == ([version.report], [])
    assert ReportThanks.objects.count() == 1


def test_old_reports_do_not_ask_for_thanks():
    filed(person(Role.APPROVER))

    assert list(office.to_thank(iso_staff(), on=LATER.date().replace(year=2028))) == []
