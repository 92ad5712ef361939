"""Where things of a meeting are read: on public pages, or on the pages for members where it is for them alone."""

from django.urls import reverse

from meetings.models import Decision, Meeting, Statement, StatementText
from meetings.rules import is_public


def _of(meeting: Meeting, public: str, private: str, *args: object) -> str:
    name = public if is_public(meeting) else private
    return reverse(f"meetings:{name}", args=[meeting.key, *args])


def page(meeting: Meeting) -> str:
    return _of(meeting, "meeting-detail", "meeting-desk")


def statements(meeting: Meeting) -> str:
    return _of(meeting, "statement-list", "statements-for-members")


def statement(one: Statement, tongue: str = "") -> str:
    if tongue:
        return _of(one.meeting, "statement-text", "statement-text-for-members", one.pk, tongue)
    return _of(one.meeting, "statement-detail", "statement-for-members", one.pk)


def statement_file(text: StatementText) -> str:
    public = is_public(text.statement.meeting)
    name = "statement-file" if public else "members-statement-file"
    return reverse(f"meeting-files:{name}", args=[text.pk])


def decisions(meeting: Meeting) -> str:
    return _of(meeting, "meeting-decisions", "decisions-for-members")


def decision(one: Decision) -> str:
    return _of(one.meeting, "decision-detail", "decision-for-members", one.number)
