"""Who takes part: delegations, credentials, the list of participants."""

from django.urls import URLPattern, path

from meetings.views import delegation_desk, delegations, participants, voting

urlpatterns: list[URLPattern] = [
    path("meetings/<slug:key>/participants/", participants.participants, name="participants"),
    path("meetings/<slug:key>/desk/delegations/", delegation_desk.delegation_desk, name="delegation-desk"),
    path("meetings/<slug:key>/desk/delegations/add/", delegation_desk.delegation_add, name="delegation-add"),
    path("meetings/<slug:key>/desk/delegations/<int:pk>/", delegation_desk.delegation_detail, name="delegation-detail"),
    path("meetings/<slug:key>/desk/voting/", voting.voting_desk, name="voting"),
    path("my/meetings/<slug:key>/delegation/", delegations.observer_delegation, name="observer-delegation"),
    path("my/meetings/<slug:key>/participants/", participants.participant_names, name="participant-names"),
    path("my/meetings/<slug:key>/participants.pdf", participants.participant_pdf, name="participant-pdf"),
    path("my/meetings/<slug:key>/participants.csv", participants.participant_csv, name="participant-csv"),
    path("my/participants/<int:pk>/", delegations.participant_edit, name="participant-edit"),
    path("my/participants/<int:pk>/remove/", delegations.participant_remove, name="participant-remove"),
    path("my/<slug:state>/meetings/<slug:key>/delegation/", delegations.state_delegation, name="state-delegation"),
]
