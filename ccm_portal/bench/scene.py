"""What the bench measures: the reports, one of them to read, and 40 people who write."""

import secrets
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.test import Client
from django.urls import reverse

from ccm_portal.bench import agendas, data, meetings, year
from ccm_portal.core.enums import Role
from ccm_portal.core.models import Membership, State, User
from reporting.domain import drafts
from reporting.enums import ReportKind, StartFrom
from reporting.form.parts import Fields
from reporting.form.values import LongText
from reporting.models import Report, ReportVersion, SectionDraft
from tests.support import sign_in

PEOPLE = 40
PARTIES = 112  # States Parties today, each with its report
SECTION = "stockpiles"


@dataclass(frozen=True)
class Writer:
    """Somebody with a draft open: what the browser would send."""

    cookies: str
    token: str
    task_list: str
    page: str
    save: str
    version: int
    section: int


@dataclass(frozen=True)
class Scene:
    described: str
    report: Report
    unlisted: list[str]
    unread: list[str]
    long_version: int
    last_day: list[int]
    writers: list[Writer]
    feeds: list[str]  # addresses of one meeting's calendar feed


def prepare() -> Scene:
    states = data.load()
    agendas.prepare()
    year.prepare()
    writers = [writer(state, number) for number, state in enumerate(states[:PEOPLE])]
    filed = Report.objects.filed().with_state()
    read = filed.get(state=states[1], year=data.LAST_YEAR)
    return Scene(
        described=f"{Report.objects.filed().count():,} filed reports of {len(states)} States",
        report=read,
        unlisted=[
            f"{prefix}{reverse('reporting:report-list')}?sort={order}&page={page}"
            for prefix in ("", "/ar", "/fr", "/ru", "/es", "/zh-hans")
            for order in ("latest", "earliest", "state", "year")
            for page in range(2, filed.count() // 50)
        ],
        unread=[one.get_absolute_url() for one in filed.exclude(pk=read.pk)],
        long_version=long_version(states[-1]),
        last_day=list(ReportVersion.objects.order_by("-report__year", "pk").values_list("pk", flat=True)[:PARTIES]),
        writers=writers,
        feeds=meetings.prepare(User.objects.order_by("pk")[0]),
    )


def place() -> str:
    """The first box for a longer text in the section."""
    section = data.EDITION.section(SECTION)
    for part in section.parts:
        if isinstance(part, Fields):
            for field in part.fields:
                if isinstance(field.kind, LongText):
                    return f"{part.key}.{field.key}"
    raise LookupError("the section has no box for a longer text")


def writer(state: State, number: int) -> Writer:
    user = User.objects.create_user(email=f"person{number}@example.org", name=f"Person {number}", password=None)
    Membership.objects.create(user=user, role=Role.DRAFTER, state=state, starts=date(2020, 1, 1), accepted_at=data.NOW)
    base = ReportVersion.objects.filter(report__state=state).order_by("-report__year").first()
    report = drafts.start_report(
        state=state, kind=ReportKind.VOLUNTARY, year=data.LAST_YEAR + 1, how=StartFrom.SOME_CHANGED, base=base,
        changed=[SECTION], language="en", by=user, at=data.NOW,
    )  # fmt: skip
    sections = {draft.key: draft for draft in SectionDraft.objects.filter(report=report)}
    token = secrets.token_hex(16)
    client = sign_in(Client(), user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    where = [state.slug, report.slug]
    return Writer(
        cookies=f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={token}",
        token=token,
        task_list=reverse("reporting:draft-detail", args=where),
        page=reverse("reporting:section-edit", args=[*where, SECTION]),
        save=reverse("reporting:section-autosave", args=[*where, SECTION]),
        version=sections[SECTION].version,
        section=sections[SECTION].pk,
    )


def long_version(state: State) -> int:
    """A version whose PDF has about twenty pages."""
    year = data.LAST_YEAR + 2
    data.file_all(state, {year: data.body(year, data.ROWS_OF_TWENTY_PAGES)})
    return ReportVersion.objects.get(report__state=state, report__year=year).pk
