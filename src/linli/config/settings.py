"""Every setting, typed. Values from the environment go through helpers that refuse odd input.

What differs between two places is not here: it is data in a place profile.
"""

import json
import os
from datetime import time
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from linli.core import cluster

ROOT = Path(__file__).resolve().parents[1]


def flag(name: str, default: bool) -> bool:
    """A yes or no from the environment."""
    text = os.environ.get(name, "1" if default else "0").lower()
    if text not in {"0", "1", "true", "false", "yes", "no"}:
        raise ImproperlyConfigured(f"{name} must be 0 or 1, not {text!r}.")
    return text in {"1", "true", "yes"}


def whole(name: str, default: int) -> int:
    """A whole number from 0 on from the environment."""
    text = os.environ.get(name, str(default))
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise ImproperlyConfigured(f"{name} must be a whole number, not {text!r}.")
    return int(text)


def names(name: str, default: str) -> list[str]:
    """A comma-separated list from the environment."""
    return [item.strip() for item in os.environ.get(name, default).split(",") if item.strip()]


def database(url: str) -> dict[str, Any]:
    """A `postgres://` address as Django's own settings."""
    parts = urlparse(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgres://; Linli runs on PostgreSQL only.")
    query = dict(item.split("=", 1) for item in parts.query.split("&") if "=" in item)
    return {
        "ENGINE": "linli.core.database",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(parts.port or query.get("port", "")),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        # Only what core/composed.py runs binds its values in the database, so only that is kept with its plan.
        "OPTIONS": {"prepare_threshold": 2},
    }


def mapping(name: str, default: str) -> dict[str, str]:
    """A JSON object of texts from the environment."""
    try:
        value = json.loads(os.environ.get(name, default))
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a JSON object: {error}") from error
    if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
        raise ImproperlyConfigured(f"{name} must be a JSON object of texts.")
    return value


def outside(name: str) -> str:
    """The address of an outside service: https, or http on this machine; empty where there is none."""
    url = os.environ.get(name, "")
    parts = urlparse(url)
    local = parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost", "::1"}
    if url and not (parts.scheme == "https" and parts.hostname) and not local:
        raise ImproperlyConfigured(f"{name} must begin with https://.")
    return url


def networks(name: str) -> list[IPv4Network | IPv6Network]:
    """A comma-separated list of networks such as 10.0.0.0/8."""
    try:
        return [ip_network(item) for item in names(name, "")]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be networks such as 10.0.0.0/8: {error}") from error


def origin(url: str) -> str:
    """Scheme, host and port of an address."""
    parts = urlparse(url)
    return f"{parts.scheme}://{parts.netloc}"


def day_time(name: str, default: str) -> str:
    """A time of day between 08:00 and 20:00 from the environment."""
    text = os.environ.get(name, default)
    try:
        chosen = time.fromisoformat(text)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a time such as 08:30, not {text!r}.") from error
    if not time(8) <= chosen < time(20):
        raise ImproperlyConfigured(f"{name} must lie between 08:00 and 20:00.")
    return text


DATA = Path(os.environ.get("LINLI_DATA", "./var")).resolve()
DEBUG = flag("LINLI_DEBUG", False)

if "DATABASE_URL" not in os.environ:
    os.environ.update(cluster.environment(DATA))
_owner = os.environ.get("LINLI_DATABASE_ROLE") == "owner"
DATABASES = {
    "default": database(
        os.environ.get("DATABASE_OWNER_URL", os.environ["DATABASE_URL"]) if _owner else os.environ["DATABASE_URL"]
    )
}


SHORTEST_KEY = 32


def secret() -> str:
    """The signing key of this installation, made on first use and kept in its own folder."""
    path = DATA / "keys" / "signing"
    given = os.environ.get("LINLI_SECRET_KEY")
    if given is not None:
        if len(given) < SHORTEST_KEY:
            raise ImproperlyConfigured(f"LINLI_SECRET_KEY needs {SHORTEST_KEY} characters or more.")
        return given
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_bytes(os.urandom(48))
    return path.read_bytes().hex()


SECRET_KEY = secret()
ALLOWED_HOSTS = names("LINLI_HOSTS", "127.0.0.1,localhost,[::1],testserver")
if DEBUG and set(ALLOWED_HOSTS) - {"127.0.0.1", "localhost", "[::1]", "testserver"}:
    raise ImproperlyConfigured("LINLI_DEBUG shows what must stay inside; it works with hosts of this machine only.")
CSRF_TRUSTED_ORIGINS = names("LINLI_ORIGINS", "")

CIPHER = os.environ.get("LINLI_CIPHER", "aes")

INSTALLED_APPS = [
    "linli.core",
    "linli.records",
    "linli.territory",
    "linli.organizations",
    "linli.accounts",
    "linli.messaging",
    "linli.cases",
    "linli.points",
    "linli.activities",
    "linli.volunteering",
    "linli.shop",
    "linli.orders",
    "linli.campaigns",
    "linli.publishing",
    "linli.deliberation",
    "linli.mediation",
    "linli.bookings",
    "linli.notices",
    "linli.services",
    "linli.venues",
    "linli.teams",
    "linli.contacts",
    "linli.workforce",
    "linli.secondments",
    "linli.members",
    "linli.careers",
    "linli.care",
    "linli.property",
    "linli.circles",
    "linli.emergencies",
    "linli.brochures",
    "linli.safety",
    "linli.accountability",
    "linli.web",
    "linli.api",
    "linli.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.forms",
    "django_cotton",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.weixin",
    "axes",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "linli.core.middleware.NothingKeptMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "linli.core.middleware.BodyLimitMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "linli.records.middleware.ProfileMiddleware",
    "linli.accounts.middleware.ActorMiddleware",
    "linli.api.middleware.KeyMiddleware",
    "linli.core.middleware.DomainErrorMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "linli.config.urls"
WSGI_APPLICATION = "linli.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "linli.web.context.shell",
            ],
            "builtins": ["django_cotton.templatetags.cotton", "linli.core.templatetags.icons"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese (Simplified)")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
UPLOAD_LIMIT = 220 * 1024 * 1024
# What visitors of one address may send within ten minutes; a whole estate may stand behind it.
VISITOR_POSTS = whole("LINLI_VISITOR_POSTS", 300)
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "linli.accounts.backends.PhoneOrNameBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "linli.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# Signing in elsewhere, each off unless its settings are there: any OpenID Connect server, and WeChat.
OIDC_URL = outside("LINLI_OIDC_URL")
OIDC_AUTHORIZE_ORIGIN = outside("LINLI_OIDC_ORIGIN") or OIDC_URL
WEIXIN_ID = os.environ.get("LINLI_WEIXIN_ID", "")
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if OIDC_URL:
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": "oidc",
                "name": os.environ.get("LINLI_OIDC_NAME", "OIDC"),
                "client_id": os.environ.get("LINLI_OIDC_ID", ""),
                "secret": os.environ.get("LINLI_OIDC_SECRET", ""),
                "settings": {"server_url": OIDC_URL},
            }
        ],
        "OAUTH_PKCE_ENABLED": True,
    }
if WEIXIN_ID:
    SOCIALACCOUNT_PROVIDERS["weixin"] = {
        "APPS": [{"name": "微信", "client_id": WEIXIN_ID, "secret": os.environ.get("LINLI_WEIXIN_SECRET", "")}]
    }
SOCIALACCOUNT_ADAPTER = "linli.accounts.adapter.SocialAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
# A form that is sent on to another server is held to form-action too.
_elsewhere = [origin(OIDC_AUTHORIZE_ORIGIN)] if OIDC_URL else []
_elsewhere += ["https://open.weixin.qq.com"] if WEIXIN_ID else []
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
# Tries and used codes are counted by all server processes together, so that each does not allow as many again.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_counted",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "linli.core.visitors.counted_address"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "account/lockout.html"
SESSION_ENGINE = "linli.accounts.sessions"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_IDLE_MINUTES = 60
# Administrators' posts allow nothing until a second factor is set up.
SECOND_FACTOR_REQUIRED = flag("LINLI_SECOND_FACTOR", True)
SESSION_SAVE_EVERY_REQUEST = False
# Over TLS, which a proxy ends that says so in X-Forwarded-Proto: cookies, addresses in posters and links are for https.
HTTPS = flag("LINLI_HTTPS", False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:", *names("LINLI_TILE_HOSTS", "")],
        "connect-src": ["'self'", *names("LINLI_TILE_HOSTS", "")],
        "font-src": ["'self'"],
        "worker-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'", *_elsewhere],
        "frame-ancestors": ["'none'"],
    }
}

PROCRASTINATE_ON_APP_READY = None
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": "linli.core.logs.OneLine", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LINLI_LOG_LEVEL", "WARNING")},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
TILE_URL = os.environ.get("LINLI_TILE_URL", "")

# Channels beside the inbox; none is needed. Keys of gateways stay in the environment, never in a profile.
SMS_URL = outside("LINLI_SMS_URL")
SMS_FIELDS = mapping("LINLI_SMS_FIELDS", '{"mobile": "{phone}", "content": "{text}"}')
SMS_HEADERS = mapping("LINLI_SMS_HEADERS", "{}")
SMS_JSON = flag("LINLI_SMS_JSON", False)
SMS_OK = os.environ.get("LINLI_SMS_OK", "")
MAIL_URL = os.environ.get("LINLI_MAIL_URL", "")
ROBOTS = names("LINLI_ROBOTS", "")
DIGEST_AT = day_time("LINLI_DIGEST_AT", "08:30")

# Networks that are not public and that webhooks may reach all the same; a county's own, say.
WEBHOOK_NETWORKS = networks("LINLI_WEBHOOK_NETWORKS")
