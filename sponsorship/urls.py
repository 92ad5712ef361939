"""Pages of sponsorship, by what they are about."""

from ccm_portal.core.addresses import pages_of

app_name = "sponsorship"
urlpatterns = [
    pages_of("sponsorship.urls_rounds"),
    pages_of("sponsorship.urls_money"),
    pages_of("sponsorship.urls_applications"),
    pages_of("sponsorship.urls_assessment"),
    pages_of("sponsorship.urls_sealed"),
    pages_of("sponsorship.urls_travel"),
    pages_of("sponsorship.urls_settlement"),
]
