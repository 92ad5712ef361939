"""Pages of travel and duties."""

from django.urls import path

from sponsorship.views import own_journeys, travel_office, travel_own, travellers

OFFICE = "office/sponsorship/travel/<uuid:offer>/"
LINK = "own-part/<str:token>/travel/"  # two words behind the token: one is a kind of sealed data
OWN = "my/<slug:state>/sponsorship/<slug:round>/"

urlpatterns = [
    path(OFFICE, travel_office.journey, name="travel"),
    path(f"{OFFICE}letter/", travel_office.journey_letter, name="travel-letter"),
    path(f"{OFFICE}came/", travel_office.journey_came, name="travel-came"),
    path(f"{OFFICE}duties/<slug:kind>/", travellers.duty_judge, name="travel-duty"),
    path(f"{OFFICE}<slug:part>/", travel_office.journey_part, name="travel-part"),
    path("office/sponsorship/<slug:round>/travellers/", travellers.traveller_list, name="traveller-list"),
    path(f"{LINK}journey/", own_journeys.link_journey, name="link-journey"),
    path(f"{LINK}report/", own_journeys.link_report, name="link-report"),
    path(f"{LINK}letter/<str:language>/", own_journeys.link_letter, name="link-letter"),
    path(f"{OWN}travel/<uuid:offer>/", travel_own.own_journey, name="own-travel"),
    path(f"{OWN}travel/<uuid:offer>/visa/", travel_own.own_visa, name="own-visa"),
    path(f"{OWN}duties/", travel_own.own_duty_list, name="own-duties"),
    path(f"{OWN}duties/<int:pk>/", travel_own.own_report, name="own-report"),
]
