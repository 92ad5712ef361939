"""Pages of rounds, rules, facts and observers' own programmes."""

from django.urls import path

from sponsorship.views import facts, policies, programmes, rounds_office, rounds_parts, rounds_public

ROUNDS = "office/sponsorship/rounds/"
ROUND = f"{ROUNDS}<slug:round>/"
POLICIES = "office/sponsorship/policies/"
FACTS = "office/sponsorship/facts/"
urlpatterns = [
    path("sponsorship/", rounds_public.round_list, name="round-list"),
    path("sponsorship/rules/<int:number>/", rounds_public.policy_detail, name="policy-detail"),
    path("sponsorship/<slug:round>/", rounds_public.round_detail, name="round-detail"),
    path(ROUNDS, rounds_office.office_rounds_list, name="office-rounds"),
    path(f"{ROUNDS}new/", rounds_office.round_new, name="round-new"),
    path(ROUND, rounds_office.office_round, name="office-round"),
    path(f"{ROUND}eligible/", rounds_office.round_eligible, name="round-eligible"),
    path(f"{ROUND}change/", rounds_office.round_change, name="round-change"),
    path(f"{ROUND}open/", rounds_office.round_open, name="round-open"),
    path(f"{ROUND}closing/", rounds_office.round_closing, name="round-closing"),
    path(f"{ROUND}drop/", rounds_office.round_drop, name="round-drop"),
    path(f"{ROUND}costs/new/", rounds_parts.cost_new, name="cost-new"),
    path(f"{ROUND}costs/<int:pk>/", rounds_parts.cost_change, name="cost-change"),
    path(f"{ROUND}costs/<int:pk>/drop/", rounds_parts.cost_drop, name="cost-drop"),
    path(f"{ROUND}assessors/", rounds_parts.assessors, name="assessors"),
    path(f"{ROUND}assessors/<int:pk>/end/", rounds_parts.assessor_end, name="assessor-end"),
    path(POLICIES, policies.office_policy_list, name="office-policies"),
    path(f"{POLICIES}new/", policies.policy_begin, name="policy-begin"),
    path(f"{POLICIES}<int:number>/", policies.policy_write, name="policy-write"),
    path(FACTS, facts.office_fact_list, name="office-facts"),
    path(f"{FACTS}new/", facts.fact_new, name="fact-new"),
    path(f"{FACTS}<int:pk>/", facts.fact_change, name="fact-change"),
    path(f"{FACTS}<int:pk>/take-away/", facts.fact_take_away, name="fact-take-away"),
    path("my/programmes/", programmes.my_programmes, name="my-programmes"),
    path("my/programmes/<slug:round>/", programmes.my_programme, name="my-programme"),
    path("my/programmes/<slug:round>/take-back/", programmes.programme_take_back, name="programme-take-back"),
]
