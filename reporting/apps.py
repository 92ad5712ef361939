"""Wiring, and nothing else."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    name = "reporting"
    verbose_name = _("Article 7 reports")

    def ready(self) -> None:
        from ccm_portal.core import due_items, grants, panels, search, sweeper, work_items  # app ready
        from reporting import emails, emails_afterwards, emails_drafting, work_items_afterwards  # app ready
        from reporting import work_items as to_do  # app ready
        from reporting.domain import colleagues, pdfs, words  # app ready
        from reporting.due_items import reports_due, reports_due_then  # app ready
        from reporting.models import SectionLoan  # app ready
        from reporting.panels import record_of_the_year, reports_by_year, way_to_the_un  # app ready
        from reporting.search import REPORTS  # app ready

        emails.register()
        emails_drafting.register()
        grants.register(SectionLoan, taken_up=colleagues.taken_up)
        emails_afterwards.register()
        due_items.register(reports_due, as_it_was=reports_due_then)
        work_items.register(to_do.drafts_to_finish)
        work_items.register(to_do.reports_to_start)
        work_items.register(to_do.drafts_to_look_at)
        work_items.register(to_do.sections_lent)
        work_items.register(to_do.comments_to_settle)
        work_items.register(to_do.acknowledgements_to_note)
        work_items.register(to_do.documents_to_look_at)
        for provider in work_items_afterwards.PROVIDERS:
            work_items.register(provider)
        panels.register_home(record_of_the_year)
        panels.register_state(reports_by_year)
        panels.register_desk(way_to_the_un)
        search.register(REPORTS)
        sweeper.register(pdfs.sweep)
        sweeper.register(words.write_missing_words)
