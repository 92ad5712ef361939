"""Pages of applications: each State's own, the officers', and the one that a nominated person has by a link."""

from django.urls import path

from sponsorship.views import applications_office as office
from sponsorship.views import applications_own as own
from sponsorship.views import applications_sending as sending
from sponsorship.views import applications_writing as writing
from sponsorship.views import own_parts
from sponsorship.views.applications_found import OFFICE

MINE = "my/<slug:state>/sponsorship/"
ONE = f"{MINE}<slug:round>/"
LIST = "office/sponsorship/<slug:round>/applications/"
ENTERED = f"{LIST}<slug:state>/"
HERE = {"side": OFFICE}
urlpatterns = [
    path(MINE, own.my_sponsorship, name="my-sponsorship"),
    path(ONE, own.application, name="application"),
    path(f"{ONE}begin/", own.application_begin, name="application-begin"),
    path(f"{ONE}details/", writing.application_details, name="application-details"),
    path(f"{ONE}people/new/", writing.nominee_new, name="nominee-new"),
    path(f"{ONE}people/<uuid:pk>/", writing.nominee, name="nominee"),
    path(f"{ONE}people/<uuid:pk>/move/", writing.nominee_move, name="nominee-move"),
    path(f"{ONE}people/<uuid:pk>/remove/", writing.nominee_remove, name="nominee-remove"),
    path(f"{ONE}people/<uuid:pk>/link/", writing.nominee_link, name="nominee-link"),
    path(f"{ONE}people/<uuid:pk>/withdraw/", sending.nominee_withdraw, name="nominee-withdraw"),
    path(f"{ONE}check/", sending.application_check, name="application-check"),
    path(f"{ONE}take-back/", sending.application_take_back, name="application-take-back"),
    path(f"{ONE}withdraw/", sending.application_withdraw, name="application-withdraw"),
    path(LIST, office.office_application_list, name="office-application-list"),
    path(ENTERED, office.office_application, name="office-application"),
    path(f"{ENTERED}details/", writing.application_details, HERE, name="office-application-details"),
    path(f"{ENTERED}people/new/", writing.nominee_new, HERE, name="office-nominee-new"),
    path(f"{ENTERED}people/<uuid:pk>/", writing.nominee, HERE, name="office-nominee"),
    path(f"{ENTERED}people/<uuid:pk>/move/", writing.nominee_move, HERE, name="office-nominee-move"),
    path(f"{ENTERED}people/<uuid:pk>/remove/", writing.nominee_remove, HERE, name="office-nominee-remove"),
    path(f"{ENTERED}people/<uuid:pk>/link/", writing.nominee_link, HERE, name="office-nominee-link"),
    path("own-part/<str:token>/", own_parts.own_part, name="own-part"),
    path("own-part/<str:token>/about/", own_parts.own_part_about, name="own-part-about"),
    path("own-part/<str:token>/<slug:kind>/", own_parts.own_part_sealed, name="own-part-sealed"),
]
