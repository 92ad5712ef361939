"""The ISO thanks a State, once a version."""

import re

import pytest
from django.core import mail
from django.utils import translation

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


@pytest.mark.parametrize(
    ("language", "title", "named"),
    [
        ("fr", "Rapport pour 2025", "Tchad"),
        ("es", "Informe correspondiente a 2025", "Chad"),
        ("ru", "2025", "Чад"),
        ("ar", "2025", "تشاد"),
        ("zh-hans", "2025", "乍得"),
    ],
)
def test_the_proposed_text_is_wholly_in_the_language_of_the_report(language, title, named):
    version = filed(person(Role.APPROVER, "TCD"), iso3="TCD", language=language)

    with translation.override("en"):
        text = thanks.proposed_text(version)

    english = {"dear", "thank", "report", "for", "of", "the", "under", "implementation", "office", "state", "should"}
    assert title in text and named in text
    assert english.isdisjoint(re.findall(r"[a-z]+", text.lower()))


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
