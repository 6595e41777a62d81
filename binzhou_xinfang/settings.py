"""All settings, fed from the environment; without one, the servers and secrets under `var/` are used."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import django_stubs_ext
import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF

from binzhou_xinfang import api_description
from binzhou_xinfang.local import secrets, servers

# Lets `Field[str, str]` and `ModelForm[Petition]` stand in the code as they stand in the types.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
ENV_FILE = Path(env.str("ENV_FILE", str(BASE_DIR / ".env")))
if ENV_FILE.is_file():
    environ.Env.read_env(ENV_FILE)

VAR_DIR = Path(env.str("VAR_DIR", "") or BASE_DIR / "var").absolute()
DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "") or secrets.secret("django", VAR_DIR)
# Encryption keys outside the database: "id:base64,id:base64", the first one writes, all can read.
FIELD_KEYS = env.str("FIELD_KEYS", "") or secrets.field_keys(VAR_DIR)
# The key of searchable digests and of event chains; it is not rotated with the encryption keys.
DIGEST_KEY = env.str("DIGEST_KEY", "") or secrets.secret("digest", VAR_DIR)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    # First: its commands stand before Django's of the same name.
    "binzhou_xinfang",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
    "pgtrigger",
    "binzhou_xinfang.statute",
    "binzhou_xinfang.accounts",
    "binzhou_xinfang.records",
    "binzhou_xinfang.backup",
    "binzhou_xinfang.letters",
    "binzhou_xinfang.web",
    "binzhou_xinfang.own_account",
    "binzhou_xinfang.notices",
    "cases",
    "hearings",
    "supervision",
]
MIDDLEWARE = [
    "binzhou_xinfang.proxy.ProxyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "binzhou_xinfang.accounts.middleware.NoStoreMiddleware",
    "binzhou_xinfang.accounts.middleware.BrowserSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "binzhou_xinfang.web.middleware.CleaningMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "binzhou_xinfang.accounts.middleware.IdleMiddleware",
    "binzhou_xinfang.accounts.middleware.PostMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "binzhou_xinfang.web.showing.ShownMiddleware",
    "binzhou_xinfang.web.sought.SoughtMiddleware",
    "binzhou_xinfang.web.middleware.RefusalMiddleware",
    "binzhou_xinfang.web.sign_in_log.SignInLogMiddleware",
]
ROOT_URLCONF = "binzhou_xinfang.urls"
WSGI_APPLICATION = "binzhou_xinfang.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "binzhou_xinfang.web.menu.menu",
            ],
            "builtins": ["binzhou_xinfang.web.templatetags.xinfang"],
        },
    }
]
# Widgets of our own have their templates beside those of the pages.
FORM_RENDERER = "binzhou_xinfang.web.showing.FormRenderer"

DATABASE_URL = env.str("DATABASE_URL", "") or servers.database_url(VAR_DIR)
DATABASES = {"default": env.db_url_config(DATABASE_URL)}
# The folder of a Unix socket stands in the place of the host, written with %2F as PostgreSQL itself reads it.
if (host := unquote(urlsplit(DATABASE_URL).netloc.rpartition("@")[2])).startswith("/"):
    DATABASES["default"]["HOST"] = host
DATABASES["default"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True, "ATOMIC_REQUESTS": False}
# Several test runs on one server keep apart by a suffix.
DATABASES["default"]["TEST"] = {"NAME": "test_xinfang" + env.str("TEST_DB_SUFFIX", "")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", "") or servers.redis_url(VAR_DIR)
CACHES = {"default": {"BACKEND": "binzhou_xinfang.second_leg.TwoLegCache", "LOCATION": REDIS_URL}}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
# How long, of how many kinds and for how long stands in the settings of the office (`statute.sign_in_settings`).
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "binzhou_xinfang.accounts.passwords.LengthValidator"},
    {"NAME": "binzhou_xinfang.accounts.passwords.KindsValidator"},
    {"NAME": "binzhou_xinfang.accounts.passwords.NameValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "binzhou_xinfang.accounts.passwords.HistoryValidator"},
]
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "cases:home"
LOGOUT_REDIRECT_URL = "accounts:sign-in"

LANGUAGE_CODE = "zh-hans"
FORMAT_MODULE_PATH = "binzhou_xinfang.formats"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
NODE_MODULES = BASE_DIR / "node_modules"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "binzhou_xinfang.front_end.PackageFinder",
]
STATIC_STORAGE = (
    "django.contrib.staticfiles.storage.StaticFilesStorage" if DEBUG else "binzhou_xinfang.front_end.HashedStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": STATIC_STORAGE},
}
# A file whose name carries its hash never changes.
WHITENOISE_MAX_AGE = 3600
WHITENOISE_USE_FINDERS = DEBUG

MEDIA_ROOT = VAR_DIR / "files"
# Backups are made every night for this recipient (age1…), by nobody without one; the keys go to a place of their own.
BACKUP_RECIPIENT = env.str("BACKUP_RECIPIENT", "")
BACKUP_DIR = Path(env.str("BACKUP_DIR", "") or VAR_DIR / "backups")
BACKUP_KEYS_DIR = Path(env.str("BACKUP_KEYS_DIR", "") or VAR_DIR / "backup-keys")
# So many natural days all of them stay, and so many months the first of each.
BACKUP_DAYS, BACKUP_MONTHS = env.int("BACKUP_DAYS", 14), env.int("BACKUP_MONTHS", 12)
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024**2
# What is larger waits in a folder of our own, not in one that the whole machine shares.
UPLOAD_SPOOL_DIR = VAR_DIR / "uploads"
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "binzhou_xinfang.records.spooling.OwnFolderHandler",
]
# The largest attachment, and the largest form without its files.
UPLOAD_LIMIT_BYTES = env.int("UPLOAD_LIMIT_MB", 20) * 1024**2
# So much of the disk is kept for the database, where uploads are refused first.
DISK_RESERVE_BYTES = env.int("DISK_RESERVE_MB", 200) * 1024**2
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024**2
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# What a browser may do with our pages: nothing but what we send ourselves.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
HTTPS = env.bool("HTTPS", False)
# gunicorn itself speaks plain HTTP: who wants https has a proxy.
BEHIND_PROXY = env.bool("BEHIND_PROXY", HTTPS)
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 86400 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# A session ends eight hours after the sign-in and after half an hour without a click.
SESSION_COOKIE_AGE = 8 * 3600
SESSION_IDLE_SECONDS = 30 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "binzhou_xinfang.accounts.tokens.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": ["binzhou_xinfang.web.api.JsonReader", "binzhou_xinfang.web.api.FormReader"],
    "DEFAULT_RENDERER_CLASSES": ["binzhou_xinfang.web.showing.MaskedJSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "anon": env.str("API_RATE_ANONYMOUS", "60/min"),
        "user": env.str("API_RATE", "1200/min"),
        "page": env.str("API_RATE_ANONYMOUS", "60/min"),
    },
    "EXCEPTION_HANDLER": "binzhou_xinfang.web.api.handle_error",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}

SPECTACULAR_SETTINGS = api_description.SPECTACULAR_SETTINGS

# The office's gateway for text messages; without one they lie in var/outbox/.
SMS_GATEWAY_URL = env.str("SMS_GATEWAY_URL", "")
SMS_GATEWAY_TOKEN = env.str("SMS_GATEWAY_TOKEN", "")
SMS_GATEWAY_TAKEN = env.str("SMS_GATEWAY_TAKEN", "")
SMS_GATEWAY_SECONDS = env.float("SMS_GATEWAY_SECONDS", 10.0)
# E-mail is sent when a server is named.
EMAIL_HOST = env.str("EMAIL_HOST", "")
EMAIL_PORT = env.int("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = 10
EMAIL_DOMAIN = env.str("EMAIL_DOMAIN", "xinfang.local")
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", f"xinfang@{EMAIL_DOMAIN}")

CELERY_BROKER_URL = servers.broker_url(REDIS_URL)
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 3600
# Longer than any task may run: a task that is still at work is not handed to a second worker.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 2 * CELERY_TASK_TIME_LIMIT}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A worker waits for Redis as long as it takes, and looks again every few seconds.
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULER = "binzhou_xinfang.beat:Timetable"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "beat-heartbeat": {"task": "health.beat_heartbeat", "schedule": 10.0},
    "sweep-deadlines": {"task": "cases.sweep_deadlines", "schedule": env.float("SWEEP_SECONDS", 60.0)},
    "resume-hand-overs": {"task": "cases.resume_hand_overs", "schedule": 30.0},
    "follow-hand-overs": {"task": "cases.follow_hand_overs", "schedule": crontab(hour=0, minute=10)},
    "deliver-notices": {"task": "notices.deliver", "schedule": 30.0},
    "make-letter-files": {"task": "letters.make_letter_files", "schedule": 60.0},
    "anchor-day": {"task": "records.anchor_day", "schedule": crontab(hour=0, minute=30)},
    "nightly-backup": {"task": "backup.nightly", "schedule": crontab(hour=2, minute=30)},
}

# To stdout, where the office's own collector takes it. What is logged names acts and numbers, never persons.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stdout": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "line"}},
    "root": {"handlers": ["stdout"], "level": env.str("LOG_LEVEL", "INFO")},
    # The address of a request may carry what a person searched for.
    "loggers": {"django.request": {"level": "ERROR"}, "django.server": {"level": "ERROR"}},
}
