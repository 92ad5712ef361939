"""Pages of requests: what the world reads, each State's own, what the ISO notes."""

from django.urls import path

from compliance.views import requests_lodging, requests_own, requests_public, requests_writing

ONE = "requests/<slug:state>/<slug:clock>/<int:number>/"
MINE = "my/<slug:state>/requests/"
DRAFT = f"{MINE}<slug:clock>/<int:number>/"
urlpatterns = [
    path("requests/", requests_public.request_list, name="request-list"),
    path(ONE, requests_public.request_detail, name="request-detail"),
    path(f"{ONE}changes/<int:older>/<int:newer>/", requests_public.request_changes_between, name="request-changes"),
    path(MINE, requests_own.my_requests, name="my-requests"),
    path(f"{MINE}begin/", requests_own.request_begin, name="request-begin"),
    path(f"{MINE}intent/", requests_own.request_intend, name="request-intend"),
    path(DRAFT, requests_own.request_draft, name="request-draft"),
    path(f"{DRAFT}show/", requests_own.request_show, name="request-show"),
    path(f"{DRAFT}sections/<slug:key>/", requests_writing.request_section, name="request-section"),
    path(f"{DRAFT}benchmarks/", requests_writing.request_benchmarks, name="request-benchmarks"),
    path(f"{DRAFT}annexes/", requests_writing.request_annexes, name="request-annexes"),
    path(f"{DRAFT}annexes/<int:pk>/remove/", requests_writing.request_annex_remove, name="request-annex-remove"),
    path(f"{DRAFT}people/", requests_writing.request_people, name="request-people"),
    path(f"{DRAFT}people/<int:pk>/end/", requests_writing.request_place_end, name="request-place-end"),
    path(f"{DRAFT}lodge/", requests_lodging.request_lodge, name="request-lodge"),
    path(f"{DRAFT}withdraw/", requests_lodging.request_withdraw, name="request-withdraw"),
    path("desk/requests/intents/", requests_lodging.intent_list, name="intent-list"),
]
