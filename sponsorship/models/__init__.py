"""Rounds, contributions, applications, offers, travel, settlement."""

from sponsorship.models.applications import Application, Nominee, PersonalLink
from sponsorship.models.assessment import ConflictDeclaration, Offer, Score, WaitingMove
from sponsorship.models.money import (
    Contribution,
    Earmark,
    ExchangeRate,
    Instalment,
    LedgerAccount,
    LedgerEntry,
    Posting,
)
from sponsorship.models.rounds import (
    ASSESS_ROUND,
    ClosingChange,
    CostAssumption,
    ObserverProgramme,
    Policy,
    PolicyRule,
    Round,
    RoundPlace,
    StateFact,
)
from sponsorship.models.sealed import BankChange, RoundKey, SealedFile, SealedReading, SealedRecord
from sponsorship.models.settlement import ActualCost, IssuedAccount, IssuedAccountPdf
from sponsorship.models.travel import Duty, Leg, TravelFile

__all__ = [
    "ASSESS_ROUND",
    "ActualCost",
    "Application",
    "BankChange",
    "ClosingChange",
    "ConflictDeclaration",
    "Contribution",
    "CostAssumption",
    "Duty",
    "Earmark",
    "ExchangeRate",
    "Instalment",
    "IssuedAccount",
    "IssuedAccountPdf",
    "LedgerAccount",
    "LedgerEntry",
    "Leg",
    "Nominee",
    "ObserverProgramme",
    "Offer",
    "PersonalLink",
    "Policy",
    "PolicyRule",
    "Posting",
    "Round",
    "RoundKey",
    "RoundPlace",
    "Score",
    "SealedFile",
    "SealedReading",
    "SealedRecord",
    "StateFact",
    "TravelFile",
    "WaitingMove",
]
