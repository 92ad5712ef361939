"""Pages of cases."""

from django.urls import URLPattern, path

from compliance.views import case_desk, case_people, cases

urlpatterns: list[URLPattern] = [
    path("cases/", case_desk.case_desk, name="case-desk"),
    path("cases/new/", case_desk.case_new, name="case-new"),
    path("cases/offered/", case_desk.offered, name="case-offered"),
    path("cases/offered/set-aside/", case_desk.set_aside, name="case-set-aside"),
    path("cases/hand-over/", case_desk.hand_over_all, name="case-hand-over-all"),
    path("cases/take-over/", case_desk.take_over, name="case-take-over"),
    path("cases/<uuid:case>/", cases.case, name="case"),
    path("cases/<uuid:case>/edit/", cases.case_edit, name="case-edit"),
    path("cases/<uuid:case>/sources/new/", cases.source_new, name="case-source-new"),
    path("cases/<uuid:case>/sources/<int:pk>/", cases.source, name="case-source"),
    path("cases/<uuid:case>/related/", cases.case_join, name="case-join"),
    path("cases/<uuid:case>/related/<int:pk>/end/", cases.case_part, name="case-part"),
    path("cases/<uuid:case>/people/", case_people.case_people, name="case-people"),
    path("cases/<uuid:case>/people/<int:pk>/end/", case_people.place_end, name="case-place-end"),
    path("cases/<uuid:case>/hand-over/", case_people.case_hand_over, name="case-hand-over"),
    path("cases/<uuid:case>/record/", case_people.case_record, name="case-record"),
]
