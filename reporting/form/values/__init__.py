"""Kinds of answers: each reads what people type, writes it back, and shows it to a reader."""

from reporting.form.values.base import Kind, Unreadable, Value
from reporting.form.values.choices import Choice, Country, Option, YesNo
from reporting.form.values.dates import DateRange, PartialDate
from reporting.form.values.files import Attachments
from reporting.form.values.measures import Area, Length, Mass, Measure, Money
from reporting.form.values.numbers import Number, Quantity
from reporting.form.values.places import Geo
from reporting.form.values.texts import Email, LongText, Text

__all__ = [
    "Area",
    "Attachments",
    "Choice",
    "Country",
    "DateRange",
    "Email",
    "Geo",
    "Kind",
    "Length",
    "LongText",
    "Mass",
    "Measure",
    "Money",
    "Number",
    "Option",
    "PartialDate",
    "Quantity",
    "Text",
    "Unreadable",
    "Value",
    "YesNo",
]
