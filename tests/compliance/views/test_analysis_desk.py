"""The desk of the analysis: the group and the ISO alone; the State that asks never."""

from datetime import date

import pytest
from django.urls import reverse

from ccm_portal.core import work_items
from ccm_portal.core.enums import Role
from ccm_portal.core.models import Membership
from compliance.domain import groups, request_questions
from compliance.models import Analysis, ExtensionRequest
from tests.compliance.factories_analysis import AT, grouped, lodged, written
from tests.factories import MembershipFactory, person, state
from tests.meetings import factories as meetings
from tests.support import sign_in

pytestmark = pytest.mark.django_db
DRAFT = "CANARY-R2 the draft"
TYPED = {
    "version": "1", "text": "Typed.", "draft_decision": "Decide.", "recommended_until": "2029-08-01",
    "benchmark-TOTAL_FORMS": "1", "benchmark-INITIAL_FORMS": "0", "benchmark-0-text": "A survey",
    "benchmark-0-due": "2028-01-01",
}  # fmt: skip


def desk(request, name="group-desk", **more):
    return reverse(f"compliance:{name}", kwargs=request.address | more)


def scene():
    by = person(Role.ISO_STAFF, "iso")
    request = grouped(by=by)
    written(request, by=by, text=DRAFT)
    return request, by


def test_members_read_the_draft_and_who_stands_aside_or_acts_for_the_state_too_does_not(client):
    request, by = scene()
    lebanon, gichd = person(Role.DRAFTER, "LBN"), person(Role.OBSERVER, "gichd")
    both = person(Role.DRAFTER, "LBN")
    MembershipFactory(user=both, role=Role.COMMITTEE_LEADER, state=state("LAO"))

    def reads(user):
        answer = sign_in(client, user).get(desk(request))
        return answer.status_code, DRAFT in answer.content.decode()

    assert [reads(one) for one in (lebanon, gichd, by)] == [(200, True)] * 3
    assert reads(both) == (404, False)
    assert reads(person(Role.HEAD_OF_DELEGATION, "LAO")) == (404, False)
    member = request.group.get(state__iso3="LBN")
    groups.declare(member=member, conflict="Works for it.", stands_aside=True, version=1, by=by, at=AT)
    assert reads(lebanon) == (404, False)


def test_what_two_members_write_at_once_is_kept_and_shown_beside_each_other(client):
    request, by = scene()
    sign_in(client, person(Role.DRAFTER, "LBN"))
    written(request, by=by, text="The other text.", version=1)

    late = client.post(desk(request, "analysis-edit"), TYPED)
    again = client.post(desk(request, "analysis-edit"), TYPED | {"version": "2"})

    page = late.content.decode()
    assert (late.status_code, again.status_code) == (422, 302)
    assert "The other text." in page
    assert "Typed." in page
    assert "A survey" in page
    assert Analysis.objects.get().text == "Typed."


def test_a_member_whose_membership_ends_while_typing_writes_nothing(client):
    request, _by = scene()
    lebanon = person(Role.DRAFTER, "LBN")
    sign_in(client, lebanon)
    opened = client.get(desk(request, "analysis-edit"))
    Membership.objects.filter(user=lebanon).update(ends=date(2021, 1, 1))

    sent = client.post(desk(request, "analysis-edit"), TYPED)

    assert (opened.status_code, sent.status_code, Analysis.objects.get().text) == (200, 404, DRAFT)


def test_everybody_concerned_finds_their_part_on_the_desk():
    iso = person(Role.ISO_STAFF, "iso")
    request = lodged()

    def labels(user):
        providers = [one for one in work_items._providers if "analysis" in one.__module__]
        user = type(user).objects.get(pk=user.pk)
        return [item.label for provider in providers for item in provider(user, AT.date())]

    lao, lebanon = person(Role.DRAFTER, "LAO"), person(Role.DRAFTER, "LBN")
    title = "Lao People's Democratic Republic: request for extension under Article 4"
    assert (labels(iso), labels(lao), labels(lebanon)) == ([f"Begin the analysis group: {title}"], [], [])
    grouped(request, by=iso)
    request_questions.ask(request=request, section="", text="How?", by=iso, at=AT)
    assert labels(lao) == ["1 question of the analysis group to answer"]
    assert labels(lebanon) == [f"Write the analysis: {title}"]
    written(request, by=iso)
    assert labels(iso) == [f"Issue the analysis: {title}"]


def test_the_desk_asks_as_much_for_three_requests_as_for_one(client, django_assert_max_num_queries):
    sign_in(client, person(Role.ISO_STAFF, "iso"))
    address = reverse("compliance:request-desk")

    def queries():
        with django_assert_max_num_queries(60) as asked:
            client.get(address)
        return len(asked)

    lodged("LAO")
    one = queries()
    lodged("LBN")
    lodged("TCD")
    assert queries() == one


def test_a_request_whose_outcome_is_not_recorded_leads_who_runs_the_decisions_on_to_record_it(client):
    request, by = scene()
    chair = meetings.chair(request.meeting)
    ExtensionRequest.objects.filter(pk=request.pk).update(status="decided", outcome="not_recorded", source="A list.")
    on = reverse("meetings:decision-desk", args=[request.meeting.key])
    group = person(Role.DRAFTER, "LBN")
    asked = person(Role.HEAD_OF_DELEGATION, "LAO")
    sent = [(sign_in(client, one).get(desk(request)), client.get(on).status_code) for one in (by, chair, group, asked)]

    assert [(page.status_code, on in page.content.decode(), opens) for page, opens in sent] == [
        (200, True, 200),
        (200, True, 200),
        (200, False, 403),
        (404, False, 403),
    ]
    assert desk(request) in client.get(request.get_absolute_url()).content.decode()
