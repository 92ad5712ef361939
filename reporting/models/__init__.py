"""The records of reporting."""

from reporting.models.afterwards import ReportPaper, ReportQuestion, ReportThanks
from reporting.models.drafting import (
    WRITE_LENT,
    DraftComment,
    FilingAsked,
    LoanOffer,
    ReportFile,
    SectionLoan,
    WorkbookUpload,
)
from reporting.models.reports import Report, ReportQuerySet, SectionDraft
from reporting.models.versions import (
    HEAVY,
    PUBLIC_COPY,
    ReportFigure,
    ReportFigureQuerySet,
    ReportPdf,
    ReportVersion,
    ReportWords,
    Transmission,
    load_public_copies,
)

__all__ = [
    "HEAVY",
    "PUBLIC_COPY",
    "WRITE_LENT",
    "DraftComment",
    "FilingAsked",
    "LoanOffer",
    "Report",
    "ReportFigure",
    "ReportFigureQuerySet",
    "ReportFile",
    "ReportPaper",
    "ReportPdf",
    "ReportQuerySet",
    "ReportQuestion",
    "ReportThanks",
    "ReportVersion",
    "ReportWords",
    "SectionDraft",
    "SectionLoan",
    "Transmission",
    "load_public_copies",
    "WorkbookUpload",
]
