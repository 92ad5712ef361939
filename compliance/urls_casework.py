"""Pages inside a case: its time line, its course, its responses; and a response as an addressed State reads it."""

from django.urls import URLPattern, path

from compliance.views import case_course, case_entries, case_responses, responses

urlpatterns: list[URLPattern] = [
    path("cases/<uuid:case>/entries/new/", case_entries.entry_new, name="case-entry-new"),
    path("cases/<uuid:case>/entries/<int:number>/", case_entries.entry, name="case-entry"),
    path("cases/<uuid:case>/entries/<int:number>/reply/", case_entries.reply, name="case-reply"),
    path("cases/<uuid:case>/next/", case_course.case_next_action, name="case-next"),
    path("cases/<uuid:case>/begin/", case_course.case_begin, name="case-begin"),
    path("cases/<uuid:case>/outcome/", case_course.case_outcome, name="case-outcome"),
    path("cases/<uuid:case>/responses/", case_responses.response_list, name="case-responses"),
    path("cases/<uuid:case>/responses/new/", case_responses.response_new, name="case-response-new"),
    path("cases/<uuid:case>/responses/<uuid:response>/", case_responses.response, name="case-response"),
    path(
        "cases/<uuid:case>/responses/<uuid:response>/release/",
        case_responses.response_release,
        name="case-response-release",
    ),
    path("responses/<uuid:response>/", responses.response_to_state, name="response"),
]
