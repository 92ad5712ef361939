"""Nominations and the office's pages of leadership: for those who sign in."""

from django.urls import path

from committees.views import designating, nominations
from committees.views import leadership_office as office

urlpatterns = [
    path("committees/nominations/", nominations.nomination_list, name="nomination-list"),
    path("committees/nominations/<int:pk>/", nominations.nomination_detail, name="nomination-detail"),
    path("committees/nominations/<int:pk>/endorse/", nominations.nomination_endorse, name="nomination-endorse"),
    path("my/<slug:state>/nominations/", nominations.my_nominations, name="my-nominations"),
    path("my/<slug:state>/nominations/to/<slug:key>/", nominations.nominate, name="nominate"),
    path("my/<slug:state>/nominations/<int:pk>/withdraw/", nominations.nomination_withdraw, name="nomination-withdraw"),
    path("office/leadership/", office.office_leadership, name="office-leadership"),
    path("office/leadership/president/<slug:key>/", designating.designate, name="designate"),
    path("office/leadership/<slug:key>/", office.body_terms, name="body-terms"),
    path("office/leadership/<slug:key>/give/", office.term_give, name="term-give"),
    path("office/terms/<int:pk>/", office.term_detail, name="term-detail"),
    path("office/terms/<int:pk>/change/", office.term_change, name="term-change"),
    path("office/terms/<int:pk>/end/", office.term_end, name="term-end"),
    path("office/terms/<int:pk>/persons/", office.term_person_name, name="term-person-name"),
    path("office/term-persons/<int:pk>/end/", office.term_person_end, name="term-person-end"),
    path(
        "office/nominations/<int:pk>/elected/",
        office.nomination_settle,
        {"outcome": "elected"},
        name="nomination-elected",
    ),
    path(
        "office/nominations/<int:pk>/not-elected/",
        office.nomination_settle,
        {"outcome": "not_elected"},
        name="nomination-not-elected",
    ),
]
