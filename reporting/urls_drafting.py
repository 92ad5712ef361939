"""Private addresses of reports: those of a State's own people, and those of the ISO."""

from django.urls import path

from reporting.views import (
    colleagues,
    corrections,
    drafting,
    filing,
    full_copies,
    papers,
    questions,
    report_files,
    sections,
    transmissions,
    workbooks,
)

urlpatterns = [
    path("my/<slug:state>/", drafting.my_state, name="my-state"),
    path("my/<slug:state>/reports/start/", drafting.draft_start, name="draft-start"),
    path("my/<slug:state>/reports/<slug:slug>/", drafting.draft_detail, name="draft-detail"),
    path("my/<slug:state>/reports/<slug:slug>/show/", drafting.draft_show, name="draft-show"),
    path("my/<slug:state>/reports/<slug:slug>/preview/", drafting.draft_preview, name="draft-preview"),
    path("my/<slug:state>/reports/<slug:slug>/file/", filing.draft_file, name="draft-file"),
    path("my/<slug:state>/reports/<slug:slug>/filed/", filing.draft_filed, name="draft-filed"),
    path("my/<slug:state>/reports/<slug:slug>/sections/<slug:key>/", sections.section_edit, name="section-edit"),
    path(
        "my/<slug:state>/reports/<slug:slug>/sections/<slug:key>/save/",
        sections.section_autosave,
        name="section-autosave",
    ),
    path(
        "my/<slug:state>/reports/<slug:slug>/sections/<slug:key>/files/",
        report_files.section_files,
        name="section-files",
    ),
    path(
        "my/<slug:state>/reports/<slug:slug>/files/<slug:sha256>/",
        report_files.draft_attachment,
        name="draft-attachment",
    ),
    path("my/<slug:state>/reports/<slug:slug>/lend/", colleagues.section_lend, name="section-lend"),
    path("my/<slug:state>/reports/<slug:slug>/take-back/", colleagues.section_take_back, name="section-take-back"),
    path("my/<slug:state>/reports/<slug:slug>/correct/", corrections.report_correct, name="report-correct"),
    path("my/<slug:state>/reports/<slug:slug>/note/", corrections.correction_note, name="correction-note"),
    path("my/<slug:state>/reports/<slug:slug>/give-up/", corrections.correction_abandon, name="correction-abandon"),
    path("my/<slug:state>/reports/<slug:slug>/recall/", corrections.report_recall, name="report-recall"),
    path("my/<slug:state>/reports/<slug:slug>/reinstate/", corrections.report_reinstate, name="report-reinstate"),
    path("my/<slug:state>/reports/<slug:slug>/ask/", colleagues.draft_ask, name="draft-ask"),
    path("my/copies/<slug:state>/<slug:slug>/v<int:number>/", full_copies.full_copy, name="full-copy"),
    path("my/copies/<slug:state>/<slug:slug>/v<int:number>.pdf", full_copies.full_pdf, name="full-pdf"),
    path("my/copies/<slug:state>/<slug:slug>/v<int:number>.json", full_copies.full_json, name="full-json"),
    path("lent/", colleagues.lent_sections_list, name="lent-sections"),
    path(
        "my/<slug:state>/reports/<slug:slug>/sections/<slug:key>/workbook/",
        workbooks.section_workbook,
        name="section-workbook",
    ),
    path(
        "my/<slug:state>/reports/<slug:slug>/sections/<slug:key>/workbook/<int:pk>/",
        workbooks.workbook_review,
        name="workbook-review",
    ),
    path("my/<slug:state>/reports/<slug:slug>/questions/<int:pk>/", questions.question_answer, name="question-answer"),
    path("my/<slug:state>/reports/<slug:slug>/questions/<int:pk>/show/", questions.question_show, name="question-show"),
    path("my/<slug:state>/reports/<slug:slug>/paper/", papers.paper_confirm, name="paper-confirm"),
    path("my/<slug:state>/reports/<slug:slug>/take/", papers.paper_take_over, name="paper-take-over"),
    path("office/transmissions/", transmissions.transmission_list, name="transmission-list"),
    path("office/transmissions/<int:pk>/", transmissions.transmission_acknowledge, name="transmission-acknowledge"),
]
