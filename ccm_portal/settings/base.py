"""Every setting, read once from the environment. Machines differ by variables, not by modules."""

import os
import secrets
from pathlib import Path

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from ccm_portal import embedded, env, release

BASE_DIR = Path(__file__).resolve().parents[2]
VAR = Path(env.text("VAR", str(BASE_DIR / "var"))).resolve()

# -- Where the data is: a server by its address, or the embedded PostgreSQL under VAR ------------
DATABASE_URL = os.environ.get("DATABASE_URL", "")
EMBEDDED = not DATABASE_URL
DB_ROLE = env.text("PORTAL_DB_ROLE", "web")
if DB_ROLE not in {"web", "owner"}:
    raise ImproperlyConfigured(f"PORTAL_DB_ROLE is {DB_ROLE!r}; use web or owner.")
if EMBEDDED:
    WEB_DATABASE_URL = embedded.database_url(VAR, "web")
    OWNER_DATABASE_URL = embedded.database_url(VAR, "owner")
else:
    WEB_DATABASE_URL = DATABASE_URL
    OWNER_DATABASE_URL = env.text("OWNER_DATABASE_URL", DATABASE_URL)
DATABASES = {
    "default": env.database(OWNER_DATABASE_URL if DB_ROLE == "owner" else WEB_DATABASE_URL)
    | {"CONN_MAX_AGE": env.number("CONN_MAX_AGE", 600), "CONN_HEALTH_CHECKS": True}
}
# Says on every page that what stands here is made up; off where a State files in earnest.
DEMONSTRATION = env.flag("DEMONSTRATION", default=EMBEDDED)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Part of every public page's ETag, so that a new release is seen at once.
RELEASE = os.environ.get("RELEASE") or release.newest(BASE_DIR)

# -- Secrets and transport ------------------------------------------------------------------------
HTTPS = env.flag("HTTPS", default=not EMBEDDED)


def _demo_secret() -> str:
    """The embedded portal's own key, made once and readable by its account alone."""
    path = VAR / "secret_key"
    if not path.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as key:
            key.write(secrets.token_urlsafe(50))
    return path.read_text()


SECRET_KEY = env.text("SECRET_KEY", _demo_secret() if EMBEDDED else None)
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
DEBUG = env.flag("DEBUG", default=False)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]" if not HTTPS else None)
SITE_ADDRESS = env.text("SITE_ADDRESS", "http://localhost:8000" if not HTTPS else None).rstrip("/")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", SITE_ADDRESS)

SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-portal" if HTTPS else "portal"
CSRF_COOKIE_NAME = "__Host-portal-form" if HTTPS else "portal-form"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = env.number("SESSION_HOURS", 12) * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "ccm_portal.core.views.health.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

# -- The house ------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "ccm_portal.core",
    "ccm_portal.dashboard",
    "ccm_portal.demonstration",
    "committees",
    "meetings",
    "reporting",
    "compliance",
    "sponsorship",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "guardian",
    "rules.apps.AutodiscoverRulesConfig",
    "django_filters",
    "django_htmx",
    "template_partials",
    "rest_framework",
    "drf_spectacular",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "compliance.middleware.FenceCloses",
    "ccm_portal.core.middleware.LanguageFromPath",
    "ccm_portal.core.middleware.Unchanged",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ccm_portal.core.middleware.SecondFactorRequired",
]
ROOT_URLCONF = "ccm_portal.urls"
WSGI_APPLICATION = "ccm_portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# -- People ---------------------------------------------------------------------------------------
AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "dashboard:desk"
LOGOUT_REDIRECT_URL = "dashboard:home"
ACCOUNT_ADAPTER = "ccm_portal.core.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an accepted invitation has proved the address
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_FORMS = {
    "login": "ccm_portal.core.account_forms.SignInForm",
    "reauthenticate": "ccm_portal.core.account_forms.PasswordAgainForm",
    "change_password": "ccm_portal.core.account_forms.ChangePasswordForm",
    "reset_password": "ccm_portal.core.account_forms.AskForResetForm",
    "reset_password_from_key": "ccm_portal.core.account_forms.NewPasswordForm",
}
# A conference room signs in from one address; an account is tried five times in five minutes.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "reset_password": "20/m/ip,3/5m/key",
    "reset_password_from_key": "120/m/ip",  # mail scanners look at links, too
}
# How many proxies stand before the portal and write X-Forwarded-For; none: the header is not read.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", 0)
PASSWORD_RESET_TIMEOUT = env.number("PASSWORD_RESET_HOURS", 2) * 3600
MFA_ADAPTER = "ccm_portal.core.accounts.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "ccm_portal.core.account_forms.CodeForm",
    "reauthenticate": "ccm_portal.core.account_forms.CodeAgainForm",
    "activate_totp": "ccm_portal.core.account_forms.ActivateForm",
    "add_webauthn": "ccm_portal.core.account_forms.PasskeyForm",
}
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "CCM portal"
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True  # allauth's own table of addresses is not used
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
USERSESSIONS_TRACK_ACTIVITY = False
ANONYMOUS_USER_NAME = None  # guardian: nobody has grants without an account
GUARDIAN_RAISE_403 = False
GUARDIAN_MONKEY_PATCH_USER = False
# Grants are read inside predicates; no backend may answer "yes" beside them.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]

# -- Languages and dates ----------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("ar", _("Arabic")),
    ("zh-hans", _("Chinese")),
    ("en", _("English")),
    ("fr", _("French")),
    ("ru", _("Russian")),
    ("es", _("Spanish")),
]
LOCALE_PATHS = [BASE_DIR / "ccm_portal" / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"
# From here on the portal keeps record of who has filed. Of what fell due earlier it says nothing, unless it is here.
RECORD_BEGINS = env.day("RECORD_BEGINS", "2024-01-01")
LATE_AFTER_UTC_OFFSET_HOURS = env.number("LATE_AFTER_UTC_OFFSET_HOURS", -12)

# -- Meetings ---------------------------------------------------------------------------------------
# A quorum is more than this share of the States Parties that are "participating", or of "all". The source (a rule of
# the rules of procedure) stays empty until somebody has compared; the page then says that it is an assumption.
QUORUM_SHARE = env.text("QUORUM_SHARE", "1/2")
QUORUM_OF = env.text("QUORUM_OF", "participating")
QUORUM_SOURCE = env.text("QUORUM_SOURCE", "")
# The names of participants are deleted so many days after the last day of their meeting.
PARTICIPANTS_KEPT_DAYS = env.number("PARTICIPANTS_KEPT_DAYS", 90)
# States are asked to notify their delegation so many days before a meeting; about two and a half weeks is the custom.
DELEGATION_NOTICE_DAYS = env.number("DELEGATION_NOTICE_DAYS", 18)

# -- Files ------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(VAR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(VAR / "media")))
STORAGES = {
    "default": {
        "BACKEND": env.text("MEDIA_STORAGE", "django.core.files.storage.FileSystemStorage"),
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
# Where the keys lie that open sealed data of sponsorship: in no backup, and never among files that are served.
SPONSORSHIP_KEYS = env.folder_apart("SPONSORSHIP_KEYS", VAR / "keys", MEDIA_ROOT, STATIC_ROOT, BASE_DIR / "static")
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

# -- Queue, cache -----------------------------------------------------------------------------------
REDIS_URL = os.environ.get("REDIS_URL", "")
# "default" is shared by all processes (limits, used codes); "pages" may be each process's own:
# what it holds never changes under its key.
if REDIS_URL:
    _REDIS = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    CACHES: dict[str, dict[str, object]] = {"default": {**_REDIS}, "pages": {**_REDIS, "KEY_PREFIX": "pages"}}
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {"visibility_timeout": 600}
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(VAR / "cache"),
        },
        "pages": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 500},
        },
    }
    CELERY_BROKER_URL = "filesystem://localhost"  # the name is not used, but its lack is complained about
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(VAR / "queue"),
        "data_folder_out": str(VAR / "queue"),
        "control_folder": str(VAR / "queue-control"),
        "polling_interval": 0.2,
    }
CELERY_TASK_SERIALIZER = CELERY_EVENT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 120
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "core.sweep", "schedule": 30.0},
    "remind": {"task": "core.remind", "schedule": 300.0},
    "standings": {"task": "core.bring_standings_up_to_date", "schedule": crontab(hour=0, minute=5)},
    "register head": {"task": "core.mail_register_head", "schedule": crontab(hour=5, minute=0)},
}

# -- Mail ---------------------------------------------------------------------------------------------
if os.environ.get("EMAIL_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = env.text("EMAIL_HOST")
    EMAIL_PORT = env.number("EMAIL_PORT", 587)
    EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
    EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
    EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=True)
    EMAIL_TIMEOUT = 30
else:
    EMAIL_BACKEND = "ccm_portal.core.mail_files.EmailBackend"
    EMAIL_FILE_PATH = str(VAR / "mail")
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "CCM portal <portal@example.org>")
ISO_MAILBOX = env.text("ISO_MAILBOX", "iso@example.org")
UN_MAILBOX = env.text("UN_MAILBOX", "un-mailbox@example.org")
AUDIT_MAILBOX = env.text("AUDIT_MAILBOX", ISO_MAILBOX)

# -- API ------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "ccm_portal.core.api.OneForm",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 50,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "CCM portal",
    "DESCRIPTION": "Published data of the Convention on Cluster Munitions portal, to read.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "KnownEnum": "ccm_portal.core.enums.Known",
        "KindEnum": "reporting.enums.ReportKind",
        "MeetingKindEnum": "meetings.enums.MeetingKind",
    },
}

# -- Logs -------------------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "ccm_portal.core.logs.Line", "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
    "loggers": {"fontTools": {"level": "ERROR"}, "weasyprint": {"level": "ERROR"}},
}
