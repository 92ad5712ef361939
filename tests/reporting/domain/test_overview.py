"""The task list of a draft."""

import pytest

from ccm_portal.core.enums import Role
from reporting.domain import overview
from reporting.form import answers as forms
from reporting.form.editions import edition
from tests import factories
from tests.reporting import support

pytestmark = pytest.mark.django_db

NONE_HELD = "No cluster munitions are held."


def test_who_reads_by_the_states_leave_is_not_told_what_it_keeps_for_states_parties():
    approver, iso = support.person(), factories.person(Role.ISO_STAFF, "iso")
    report = support.start(approver)
    draft = support.stand(report, "stockpiles", "changed", by=approver)
    section = edition(report.edition).section("stockpiles")
    draft.answers = forms.set_none(section, draft.answers, "stocks", True)
    draft.withheld = ["stocks"]
    draft.save()

    told = {
        who: NONE_HELD in next(task.said for task in tasks if task.section.key == "stockpiles")
        for who, person in {"approver": approver, "ISO": iso}.items()
        if (
            tasks := overview.of_draft(
                report, for_person=person, since=support.IN_TIME, on=support.IN_TIME.date()
            ).tasks
        )
    }

    assert told == {"approver": True, "ISO": False}
