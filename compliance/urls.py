"""Pages of compliance, by what they are about."""

from ccm_portal.core.addresses import pages_of

app_name = "compliance"
urlpatterns = [
    pages_of("compliance.urls_obligations"),
    pages_of("compliance.urls_requests"),
    pages_of("compliance.urls_analysis"),
    pages_of("compliance.urls_positions"),
    pages_of("compliance.urls_cases"),
    pages_of("compliance.urls_casework"),
    pages_of("compliance.urls_formal"),
    pages_of("compliance.urls_account"),
]
