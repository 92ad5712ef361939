"""The second fence: what the database itself keeps from who is not named, whatever a page forgets to ask."""

import uuid

import psycopg
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from ccm_portal import embedded
from ccm_portal.core import clock, emails, outbox, register
from ccm_portal.core.admin import site
from ccm_portal.core.enums import Role
from ccm_portal.core.models import OutgoingMessage, RegisterEntry
from compliance import fence
from compliance.enums import Access
from compliance.models import ComplianceCase
from compliance.views import case_pages
from tests import access_scene, database
from tests.compliance import factories_cases as made
from tests.compliance.scene_cases import CANARY
from tests.factories import everyone, person
from tests.support import sign_in

ROOTS = {"ComplianceCase", "MatterSetAside", "PresidentReport"}
PUBLIC = {"IssuedReport"}  # agreed words alone, about a meeting


def about_cases():
    """The models of compliance that are about a case, however far away."""
    models = list(apps.get_app_config("compliance").get_models())
    found = {model for model in models if model.__name__ in ROOTS}
    while more := {
        model
        for model in models
        if model not in found and {f.related_model for f in model._meta.fields if f.is_relation} & found
    }:
        found |= more
    return {model for model in found if model.__name__ not in PUBLIC}


def counts():
    with connection.cursor() as cursor:
        told = {}
        for model in about_cases():
            cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')
            told[model.__name__] = cursor.fetchone()[0]
    return told


@pytest.mark.django_db
def test_without_a_reader_every_table_about_cases_is_empty_to_the_role_that_serves():
    scene = access_scene.build()
    fence.close()
    assert set(counts().values()) == {0}

    with fence.reading_as(scene.names["case_lead"]):
        seen = counts()
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity")
        fenced = {name for (name,) in cursor.fetchall()}
    assert {"ComplianceCase", "CasePlace", "CaseSource", "CaseLink"} <= {name for name, many in seen.items() if many}
    assert {model._meta.db_table for model in about_cases()} - fenced == set()


@pytest.mark.django_db
def test_a_page_that_forgets_to_filter_still_shows_nobody_a_case(client, monkeypatch):
    case = made.a_case(iso3="LAO", title=CANARY)
    monkeypatch.setattr(case_pages, "visible_cases", lambda user: fence.let_in(user) or ComplianceCase.objects.all())
    monkeypatch.setattr(case_pages, "require", lambda *asked: None)
    monkeypatch.setattr(case_pages, "place_in", lambda *asked: "a place")

    answers = {sign_in(client, user).get(f"/cases/{case.pk}/").status_code for user in everyone("LAO", "LBN").values()}

    assert answers == {404}


@pytest.mark.django_db
def test_who_was_let_in_is_forgotten_when_the_request_ends_and_when_a_transaction_is_undone(client):
    case = made.a_case()
    assert sign_in(client, case.opened_by).get(f"/cases/{case.pk}/").status_code == 200
    assert ComplianceCase.objects.count() == 0

    fence.let_in(case.opened_by)
    with transaction.atomic():
        fence.let_in(None)
        transaction.set_rollback(True)
    fence.close()

    assert ComplianceCase.objects.count() == 0


@pytest.mark.django_db
def test_auditor_superuser_and_admin_site_find_no_trace(client):
    scene = access_scene.build()
    auditor = person(Role.AUDITOR, "iso")
    auditor.is_staff = auditor.is_superuser = True
    auditor.save()
    sign_in(client, auditor)
    key = str(scene.names["case"])
    pages = ["/register/", "/admin/", "/admin/core/registerentry/", f"/admin/core/registerentry/?q={key}"]
    pages += ["/admin/core/outgoingmessage/", "/admin/core/user/", "/office/messages/"]

    told = [client.get(page).content.decode().replace(f"q={key}", "").replace(f'value="{key}"', "") for page in pages]

    assert [page for page, text in zip(pages, told, strict=True) if CANARY in text or key in text] == []
    assert {model.__name__ for model in site._registry} & {model.__name__ for model in about_cases()} == set()


@pytest.mark.django_db
def test_a_reference_that_is_guessed_is_answered_like_any_other_on_every_page_of_a_case(client):
    case, reader = made.a_case(), person(Role.ISO_STAFF, "iso")
    sign_in(client, reader)
    pages = ("", "edit/", "people/", "record/", "sources/new/", "sources/1/")

    answers = {
        page: (
            client.get(f"/cases/{case.pk}/{page}").status_code,
            client.get(f"/cases/{uuid.uuid4()}/{page}").status_code,
        )
        for page in pages
    }

    assert answers == dict.fromkeys(pages, (404, 404))


def head_mail(mailoutbox, at):
    emails.register_head(on=at.date(), at=at)
    outbox.deliver(pk=OutgoingMessage.objects.latest("pk").pk, at=at)
    return mailoutbox[-1].body


@pytest.mark.django_db
def test_the_daily_head_has_one_shape_whether_there_are_cases_or_not(mailoutbox, settings):
    with transaction.atomic():
        register.append(action="test.act", by=None, at=made.AT)
    at = clock.now()
    without = head_mail(mailoutbox, at).split("apart:")[1].split()[0]
    OutgoingMessage.objects.all().delete()
    made.a_case()
    with_one = head_mail(mailoutbox, at).split("apart:")[1].split()[0]

    assert without != with_one
    assert (without[:11], len(without)) == (with_one[:11], len(with_one)) == (f"{at.date()}:", 75)
    call_command("register_verify", apart=[(at.date(), with_one[11:])])
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 9, [settings.SECRET_KEY]
    assert register.apart_holds(at.date(), with_one[11:])


@pytest.mark.django_db(transaction=True)
def test_a_tail_cut_from_the_chain_of_a_case_shows_against_the_mailed_digest():
    case = made.a_case()
    made.a_case(case.opened_by, title="Another")
    day = clock.today()
    digest = register.apart(day)
    address = embedded.database_url(database.server_folder(), "owner", database=connection.settings_dict["NAME"])
    with psycopg.connect(address.replace("portal_owner", "postgres"), autocommit=True) as intruder:
        intruder.execute("SET session_replication_role = replica")
        cut = intruder.execute("DELETE FROM core_registerentry WHERE chain = %s", [case.register_chain])

    assert cut.rowcount == 1
    assert list(register.faults()) == []
    with pytest.raises(CommandError):
        call_command("register_verify", apart=[(day, digest)])


@pytest.mark.django_db
def test_the_act_of_a_case_is_shown_by_the_register_to_who_is_named_alone():
    case = made.a_case()
    named, other = made.named(case, access=Access.READ), person(Role.AUDITOR, "iso")
    seen = {}
    for kind, user in {"named": named, "other": other}.items():
        with fence.reading_as(user):
            seen[kind] = RegisterEntry.objects.filter(chain=case.register_chain).count()

    assert seen == {"named": 1, "other": 0}
