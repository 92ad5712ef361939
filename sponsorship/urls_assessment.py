"""Pages of assessment and offers."""

from django.urls import path

from sponsorship.views import assessing, offers, ranking

DESK = "desk/sponsorship/<slug:round>/"
urlpatterns = [
    path(DESK, assessing.assessment, name="assessment"),
    path(f"{DESK}conflicts/", assessing.conflict_page, name="conflicts"),
    path(f"{DESK}people/<uuid:nominee>/", assessing.assess_nominee, name="assess-nominee"),
    path(f"{DESK}ranking/", ranking.ranking_page, name="ranking"),
    path(f"{DESK}ranking/stop/", ranking.ranking_stop, name="ranking-stop"),
    path(f"{DESK}ranking/propose/", ranking.ranking_propose, name="ranking-propose"),
    path(f"{DESK}decide/", ranking.round_decide, name="round-decide"),
    path(f"{DESK}take-back/", ranking.round_take_back, name="round-take-back"),
    path(f"{DESK}announce/", ranking.round_announce, name="round-announce"),
    path(f"{DESK}waiting/", offers.waiting_page, name="waiting"),
    path(f"{DESK}offers/<uuid:offer>/", offers.offer_desk, name="offer-desk"),
    path("my/<slug:state>/sponsorship/<slug:round>/offers/<uuid:offer>/", offers.offer_reply, name="offer-reply"),
]
