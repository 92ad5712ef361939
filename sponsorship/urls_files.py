"""Files of sponsorship: addresses without a language."""

from django.urls import path

from sponsorship.views import travel_office

app_name = "sponsorship-files"
urlpatterns = [
    path("files/sponsorship/invitations/<uuid:offer>/<str:language>/", travel_office.letter_file, name="invitation"),
]
