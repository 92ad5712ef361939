"""Obligations, extension requests, cases, positions."""

from compliance.models.analysis import Analysis, Benchmark, GroupMember, RequestComment, RequestQuestion
from compliance.models.cases import (
    READ_CASE,
    CaseEntry,
    CaseFile,
    CaseLink,
    CasePlace,
    CaseReading,
    CaseResponse,
    CaseSource,
    ComplianceCase,
    EntryReader,
    MatterSetAside,
    ResponseAddressee,
)
from compliance.models.formal import ClarificationRequest, IssuedReport, PresidentReport, ReportPassage, RequestingState
from compliance.models.obligations import CirculatedClarification, Completion, OfficialDay, Suspension
from compliance.models.positions import Position, Topic
from compliance.models.requests import (
    DRAFT_REQUEST,
    ExtensionRequest,
    RequestFile,
    RequestPlace,
    RequestSection,
    RequestVersion,
    clock_slug,
    of_address,
)

__all__ = [
    "DRAFT_REQUEST",
    "READ_CASE",
    "Analysis",
    "Benchmark",
    "CaseEntry",
    "CaseFile",
    "CaseLink",
    "CasePlace",
    "CaseReading",
    "CaseResponse",
    "CaseSource",
    "CirculatedClarification",
    "ClarificationRequest",
    "Completion",
    "ComplianceCase",
    "EntryReader",
    "ExtensionRequest",
    "GroupMember",
    "IssuedReport",
    "MatterSetAside",
    "OfficialDay",
    "Position",
    "PresidentReport",
    "ReportPassage",
    "RequestComment",
    "RequestFile",
    "RequestPlace",
    "RequestQuestion",
    "RequestSection",
    "RequestVersion",
    "RequestingState",
    "ResponseAddressee",
    "Suspension",
    "Topic",
    "clock_slug",
    "of_address",
]
