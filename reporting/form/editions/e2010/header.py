"""Who reports, and on which period: Article 7.1(l)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reporting.form.need import TREATY, VOLUNTARY
from reporting.form.parts import Field, Fields, Section, Table
from reporting.form.values import Email, LongText, PartialDate, Text

CONTACTS = Table(
    key="contacts",
    title=_("National points of contact"),
    guidance=_(
        "Name every institution that gives information or carries out the measures in this report. "
        "This list is public: give the addresses of offices rather than of persons."
    ),
    none_sentence=_("No national point of contact is named."),
    columns=(
        Field(
            "organisation",
            Text(),
            _("Organisation"),
            TREATY,
            _("The institution, with the department if that helps to find it."),
            names_row=True,
        ),
        Field("role", Text(), _("Role"), TREATY, _("What it does for the Convention: clearance, stockpiles, reports.")),
        Field("person", Text(), _("Person or post"), VOLUNTARY, _("Leave empty if the office is enough.")),
        Field("phone", Text(), _("Telephone"), TREATY, _("With the code of the country. Several are welcome.")),
        Field("fax", Text(), _("Fax"), VOLUNTARY, _("Only if it is still read.")),
        Field("email", Email(), _("E-mail"), TREATY, _("A mailbox that stays when people move on.")),
        Field("address", Text(), _("Postal address"), VOLUNTARY, _("Street, town and country.")),
    ),
)

PERIOD = Fields(
    key="period",
    title=_("Reporting period"),
    guidance=_("An annual report covers the calendar year before. Any other period is accepted as you write it."),
    fields=(
        Field(
            "starts",
            PartialDate(),
            pgettext_lazy("start of a period", "From"),
            TREATY,
            _("The first day this report covers."),
        ),
        Field(
            "ends", PartialDate(), pgettext_lazy("end of a period", "To"), TREATY, _("The last day this report covers.")
        ),
        Field(
            "as_written",
            Text(),
            _("Period in words"),
            VOLUNTARY,
            _("Only if the period is not two dates, for example “Initial report”."),
        ),
    ),
)

SUBMISSION = Fields(
    key="submission",
    title=_("Submission"),
    fields=(
        Field(
            "date_written",
            PartialDate(),
            _("Date on the report"),
            VOLUNTARY,
            _("Only if the report bears another date than the day it is filed here."),
            happened=True,
        ),
        Field(
            "remarks",
            LongText(),
            _("Remarks on this report"),
            VOLUNTARY,
            _("What a reader should know first, for example that it replaces an earlier report."),
        ),
    ),
)

HEADER = Section(
    key="header",
    title=_("National contacts and period"),
    paragraphs=("7.1(l)",),
    may_be_not_applicable=False,
    guidance=_("Say whom others may ask about this report, and which time it covers."),
    parts=(CONTACTS, PERIOD, SUBMISSION),
)
