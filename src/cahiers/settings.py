"""Django settings, read from the environment; with none set, a demo on SQLite in `var/`."""

import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from environs import Env, validate

env = Env()

PACKAGE = Path(__file__).parent
#: Folder of what a running installation keeps: database, secret key, collected static files.
VAR = Path(env.str("CAHIERS_VAR", "var")).resolve()

DEBUG = env.bool("DEBUG", False)
#: Address that people type; its scheme decides whether cookies and redirections insist on https.
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
HTTPS = SITE_URL.startswith("https://")
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", [urlsplit(SITE_URL).hostname or "localhost", "localhost", "127.0.0.1"]
)
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "cahiers.ui.views.stale"


def secret_key() -> str:
    """Key of the environment, else the one kept in `var/`, else one for this process alone."""
    kept = VAR / "secret_key"
    return env.str("SECRET_KEY", "") or (
        kept.read_text().strip() if kept.exists() else secrets.token_urlsafe(50)
    )


SECRET_KEY = secret_key()

INSTALLED_APPS = [
    "cahiers.ui",
    "cahiers.journal",
    "cahiers.accounts",
    "cahiers.territories",
    "cahiers.consultations",
    "cahiers.meetings",
    "cahiers.contributions",
    "cahiers.notebooks",
    "cahiers.boards",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "cahiers.ui.middleware.StaticFiles",
    "cahiers.ui.middleware.content_security_policy",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cahiers.ui.language.chosen_language",
    "cahiers.journal.keeping.kept_for_strangers",
    "cahiers.ui.inplace.stay_inside",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "cahiers.urls"
ASGI_APPLICATION = "cahiers.asgi.application"
AUTH_USER_MODEL = "accounts.Person"
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "home"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "cahiers.ui.templatetags.ui",
            ],
        },
    },
]

SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": str(VAR / "cahiers.sqlite3"),
    "OPTIONS": {
        # A write takes its lock at once and waits its turn: without it two writers that both began by reading fail.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # What is erased is overwritten in its file.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
    },
}
DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", conn_max_age=60) if env.str("DATABASE_URL", "") else SQLITE
}

REDIS_URL = env.str("REDIS_URL", "")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
TIME_ZONE = "Europe/Paris"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
#: Files that people sent; no address serves them.
MEDIA_ROOT = VAR / "files"
#: What a file that goes with a meeting or a notebook may weigh.
ANNEX_MAX_BYTES = env.int("ANNEX_MAX_MIB", 20) << 20
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False

SECURE_SSL_REDIRECT = HTTPS
#: Whether a proxy of ours stands in front, whose X-Forwarded headers say who the client is.
TRUST_PROXY = env.bool("TRUST_PROXY", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUST_PROXY else None
SECURE_HSTS_SECONDS = 0 if DEBUG else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"

#: Days that someone invited has to sign in for the first time.
INVITATION_DAYS = env.int("INVITATION_DAYS", 30, validate=validate.Range(min=1))

#: "submission://user:password@host:587"; without it, each message is a file of var/mails.
EMAIL = env.dj_email_url("EMAIL_URL", "file://")
EMAIL_BACKEND = EMAIL["EMAIL_BACKEND"]
EMAIL_FILE_PATH = EMAIL["EMAIL_FILE_PATH"] or str(VAR / "mails")
EMAIL_HOST, EMAIL_PORT = EMAIL["EMAIL_HOST"], EMAIL["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = EMAIL["EMAIL_HOST_USER"], EMAIL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_SSL, EMAIL_USE_TLS = EMAIL["EMAIL_USE_SSL"], EMAIL["EMAIL_USE_TLS"]
EMAIL_TIMEOUT = EMAIL["EMAIL_TIMEOUT"] or 10
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", f"Cahiers <ne-pas-repondre@{urlsplit(SITE_URL).hostname}>")

# What the notices say of who runs the site. Empty, they say that it is still to be filled in.
LEGAL = {
    "publisher": env.str("LEGAL_PUBLISHER", ""),
    "publisher_address": env.str("LEGAL_PUBLISHER_ADDRESS", ""),
    "director": env.str("LEGAL_DIRECTOR", ""),
    "contact": env.str("LEGAL_CONTACT", ""),
    "host": env.str("LEGAL_HOST", ""),
    "host_address": env.str("LEGAL_HOST_ADDRESS", ""),
    "data_contact": env.str("LEGAL_DATA_CONTACT", ""),
    "basis": env.str("LEGAL_BASIS", ""),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """An audit of accessibility; `rate` is the share of applicable criteria that are met, in percent."""

    day: date
    by: str
    rate: float


def accessibility_audit() -> Audit | None:
    """None until all three are given: a rate without a day and a name declares nothing."""
    day = env.date("ACCESSIBILITY_AUDIT_DATE", None)
    by = env.str("ACCESSIBILITY_AUDIT_BY", "")
    rate = env.float("ACCESSIBILITY_AUDIT_RATE", None)
    return Audit(day=day, by=by, rate=rate) if day and by and rate is not None else None


ACCESSIBILITY_AUDIT = accessibility_audit()

# Addresses, queries and form values stay out of the logs: they can hold what people said or who they are.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", "WARNING")},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},
    },
}
