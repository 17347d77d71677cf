"""Settings, safe for production by default; everything that differs between places comes from the environment.

`make run` and the tests switch `PORTAL_LOCAL` on: plain http, the demo accounts on the sign-in page.
"""

from __future__ import annotations

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from portal import env
from portal.logs import configuration
from portal.policy import content_security_policy

BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_DIR = Path(env.text("LOCAL_DIR", str(BASE_DIR / ".local")))

PORTAL_LOCAL = env.boolean("PORTAL_LOCAL")
DEBUG = env.boolean("DEBUG")
SECRET_KEY = env.text("SECRET_KEY", "local-only" if PORTAL_LOCAL else None)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost,testserver" if PORTAL_LOCAL else "")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
# Where people reach the portal: printed on certificates, where no request says so.
PORTAL_ORIGIN = env.text(
    "PORTAL_ORIGIN",
    f"http://127.0.0.1:{env.integer('PORT', 8000)}" if PORTAL_LOCAL else f"https://{next(iter(ALLOWED_HOSTS), '')}",
).rstrip("/")
CERTIFICATE_ISSUER = env.text("CERTIFICATE_ISSUER", "Gravyty")
# Names of SSM parameters: the private key of badges (PEM), and the public ones before it (a JWK set).
BADGE_SIGNING_KEY_PARAMETER = env.text("BADGE_SIGNING_KEY_PARAMETER", "/enablement-portal/badges/signing-key")
BADGE_RETIRED_KEYS_PARAMETER = env.text("BADGE_RETIRED_KEYS_PARAMETER", "/enablement-portal/badges/retired-keys")
# The keys (Fernet's) that seal the secrets of webhooks, the newest first.
WEBHOOK_SEALING_KEYS_PARAMETER = env.text("WEBHOOK_SEALING_KEYS_PARAMETER", "/enablement-portal/webhooks/sealing-keys")

# --- AWS: the code sees standard variables only ---------------------------------------------------------------------
AWS_REGION = env.text("AWS_REGION", "us-east-1")
AWS_ENDPOINT_URL = env.text("AWS_ENDPOINT_URL", "")

_PREFIX = env.text("DDB_TABLE_PREFIX", "")
TABLES = {
    key: _PREFIX + env.text(variable, default)
    for key, variable, default in (
        ("content", "DDB_TABLE_CONTENT", "content_registry"),
        ("content_versions", "DDB_TABLE_CONTENT_VERSIONS", "content_versions"),
        ("content_comments", "DDB_TABLE_CONTENT_COMMENTS", "content_comments"),
        ("lms_courses", "DDB_TABLE_LMS_COURSES", "lms_courses"),
        ("lms_lessons", "DDB_TABLE_LMS_LESSONS", "lms_lessons"),
        ("lms_course_versions", "DDB_TABLE_LMS_COURSE_VERSIONS", "lms_course_versions"),
        ("lms_paths", "DDB_TABLE_LMS_PATHS", "lms_paths"),
        ("lms_progress", "DDB_TABLE_LMS_PROGRESS", "lms_progress"),
        ("lms_quiz_attempts", "DDB_TABLE_LMS_QUIZ_ATTEMPTS", "lms_quiz_attempts"),
        ("lms_assignments", "DDB_TABLE_LMS_ASSIGNMENTS", "lms_assignments"),
        ("lms_assignment_rules", "DDB_TABLE_LMS_ASSIGNMENT_RULES", "lms_assignment_rules"),
        ("lms_certificates", "DDB_TABLE_LMS_CERTIFICATES", "lms_certificates"),
        ("lms_transcripts", "DDB_TABLE_LMS_TRANSCRIPTS", "lms_transcripts"),
        ("metadata", "METADATA_TABLE", "metadata"),
        ("profiles", "DDB_TABLE_PROFILES", "profiles"),
        ("sessions", "DDB_TABLE_SESSIONS", "sessions"),
        ("teams", "DDB_TABLE_TEAMS", "teams"),
        ("api_tokens", "DDB_TABLE_API_TOKENS", "api_tokens"),
        ("webhooks", "DDB_TABLE_WEBHOOKS", "webhooks"),
        ("webhook_deliveries", "DDB_TABLE_WEBHOOK_DELIVERIES", "webhook_deliveries"),
        ("audit_log", "DDB_TABLE_AUDIT_LOG", "audit_log"),
        ("bulk_jobs", "DDB_TABLE_BULK_JOBS", "bulk_jobs"),
        ("api_requests", "DDB_TABLE_API_REQUESTS", "api_requests"),
        ("outbox", "DDB_TABLE_OUTBOX", "outbox"),
        ("jobs", "DDB_TABLE_JOBS", "jobs"),
        ("events", "DDB_TABLE_EVENTS", "events"),
        ("mailings", "DDB_TABLE_MAILINGS", "mailings"),
        ("rollups", "DDB_TABLE_ROLLUPS", "rollups"),
        ("notifications", "DDB_TABLE_NOTIFICATIONS", "notifications"),
        ("subscriptions", "DDB_TABLE_SUBSCRIPTIONS", "subscriptions"),
    )
}
ENABLEMENT_CONTENT_BUCKET = env.text("ENABLEMENT_CONTENT_BUCKET", "enablement-content")
LMS_MEDIA_BUCKET = env.text("LMS_MEDIA_BUCKET", "lms-media")
PRESIGNED_UPLOAD_EXPIRY_SECONDS = env.integer("PRESIGNED_UPLOAD_EXPIRY_SECONDS", 300)
PRESIGNED_DOWNLOAD_EXPIRY_SECONDS = env.integer("PRESIGNED_DOWNLOAD_EXPIRY_SECONDS", 300)

COGNITO_USER_POOL_ID = env.text("COGNITO_USER_POOL_ID", "")
COGNITO_USER_POOL_CLIENT_ID = env.text("COGNITO_USER_POOL_CLIENT_ID", "")
COGNITO_USER_POOL_CLIENT_SECRET = env.text("COGNITO_USER_POOL_CLIENT_SECRET", "")
# Where the pool's OpenID pages are; on AWS they follow from the region and the pool.
COGNITO_ISSUER_URL = env.text(
    "COGNITO_ISSUER_URL", f"https://cognito-idp.{AWS_REGION}.amazonaws.com/{COGNITO_USER_POOL_ID}"
)
# Who issues the pool's tokens. Its name for itself, which a local pool has, too.
COGNITO_ISSUER = env.text("COGNITO_ISSUER", f"https://cognito-idp.{AWS_REGION}.amazonaws.com/{COGNITO_USER_POOL_ID}")
COGNITO_LOGOUT_URL = env.text("COGNITO_LOGOUT_URL", "")
COGNITO_IDENTITY_PROVIDER = env.text("COGNITO_IDENTITY_PROVIDER", "")
# Where the forms that sign in and out lead through: browsers hold redirects of a form to its `form-action`.
_GOOGLE = "https://accounts.google.com" if COGNITO_IDENTITY_PROVIDER == "Google" else ""
SIGN_IN_ORIGINS = env.words("SIGN_IN_ORIGINS", f"{'/'.join(COGNITO_LOGOUT_URL.split('/')[:3])},{_GOOGLE}")
ALLOWED_EMAIL_DOMAINS = env.words("ALLOWED_EMAIL_DOMAINS", "gravyty.com")

EVENT_BUS = env.text("EVENT_BUS", "local")
EVENTS_QUEUE_URL = env.text("EVENTS_QUEUE_URL", "")  # what other services tell; empty on AWS, where Lambda is called
MAIL_FROM = env.text("MAIL_FROM", "Enablement Portal <portal@gravyty.com>" if PORTAL_LOCAL else "")  # empty: no mail
MAIL_CONFIGURATION_SET = env.text("MAIL_CONFIGURATION_SET", "")
SEARCH_INDEX_PATH = Path(env.text("SEARCH_INDEX_PATH", str(LOCAL_DIR / "search.db")))

# --- Django ---------------------------------------------------------------------------------------------------------
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DATABASES: dict[str, dict[str, str]] = {}  # there is none: any SQL is an error (docs/adr/0001)
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"

INSTALLED_APPS = [
    "core.admin.apps.RecordAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "lucide",
    "corsheaders",
    "ninja",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "core",
    "accounts",
    "accounts.cognito",
    "metadata",
    "bulk",
    "webhooks",
    "content",
    "lms",
    "search",
    "notifications",
    "analytics",
    "portal",
]

MIDDLEWARE = [
    "portal.middleware.RequestIdMiddleware",
    "portal.middleware.LogMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.middleware.SecurityHeadersMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "portal.middleware.ErrorMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "accounts.middleware.PersonMiddleware",
    "portal.middleware.RateLimitMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.middleware.PreferencesMiddleware",
    "accounts.middleware.DenialMiddleware",
]

_LOADERS = [
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    _LOADERS if DEBUG else [("django.template.loaders.cached.Loader", _LOADERS)],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "portal.navigation.shell",
            ],
            "builtins": [
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "lucide.templatetags.lucide",
                "core.templatetags.interface",
            ],
        },
    }
]

# --- Sessions and cookies -------------------------------------------------------------------------------------------
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_NAME = "portal_session"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not PORTAL_LOCAL
CSRF_COOKIE_HTTPONLY = True  # HTMX sends the token from the page, see templates/base.html
CSRF_FAILURE_VIEW = "portal.views.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

# --- Sign-in --------------------------------------------------------------------------------------------------------
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "home"
SOCIALACCOUNT_ONLY = True
SOCIALACCOUNT_ADAPTER = "accounts.adapter.CognitoAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = False
ACCOUNT_EMAIL_VERIFICATION = SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
# PersonMiddleware and its Person stand in for Django's, which want a database.
SILENCED_SYSTEM_CHECKS = ["auth.E013", "admin.E402", "admin.E408"]

# --- Security headers -----------------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = not PORTAL_LOCAL
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^health(/ready)?$"]  # load balancers ask over plain http
SECURE_HSTS_SECONDS = 0 if PORTAL_LOCAL else 60 * 60 * 24 * 365
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not PORTAL_LOCAL
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Files come from and go to S3 directly, so the browser must be allowed to reach it.
S3_ORIGINS = env.words("S3_ORIGINS", AWS_ENDPOINT_URL or f"https://s3.{AWS_REGION}.amazonaws.com")
CONTENT_SECURITY_POLICY = content_security_policy(S3_ORIGINS, SIGN_IN_ORIGINS)

# Per person (or address when signed out), per process: the last resort behind API Gateway's own throttle.
RATE_LIMIT = env.text("RATE_LIMIT", "600/minute")
RATE_LIMIT_WRITES = env.text("RATE_LIMIT_WRITES", "240/minute")
RATE_LIMIT_SIGN_IN = env.text("RATE_LIMIT_SIGN_IN", "60/minute")
RATE_LIMIT_VERIFY = env.text("RATE_LIMIT_VERIFY", "60/minute")
RATE_LIMIT_API_ADDRESS = env.text("RATE_LIMIT_API_ADDRESS", "3000/minute")  # many people may sit behind one

# --- The API --------------------------------------------------------------------------------------------------------
# Which other web addresses may use it from a browser; cookies play no part in it.
CORS_ALLOWED_ORIGINS = env.words("WEB_ALLOWED_ORIGINS")
CORS_URLS_REGEX = r"^/v1/.*$"
CORS_ALLOW_HEADERS = [
    "accept",
    "authorization",
    "content-type",
    "idempotency-key",
    "if-match",
    "if-none-match",
    "x-request-id",
]
CORS_EXPOSE_HEADERS = [
    *("ETag", "Idempotent-Replayed", "Location", "Retry-After", "X-Request-ID"),
    *("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "WWW-Authenticate"),
]
# A developer's headers instead of a token. Whoever sends them is whoever she says: nowhere but on her own machine.
API_DEV_HEADERS = env.boolean("API_DEV_HEADERS", DEBUG)
# Origins that webhooks and the like may be sent to although they are not https on the internet; for tests.
OUTBOUND_LOCAL_TARGETS = env.words("OUTBOUND_LOCAL_TARGETS")
if OUTBOUND_LOCAL_TARGETS and not PORTAL_LOCAL:
    raise ImproperlyConfigured("OUTBOUND_LOCAL_TARGETS is set outside a developer's machine. Leave it out.")
if API_DEV_HEADERS and not (DEBUG and PORTAL_LOCAL):
    raise ImproperlyConfigured("API_DEV_HEADERS (or DEBUG) is on outside a developer's machine. Switch it off.")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- Language and time: stored in UTC, shown in the person's zone ----------------------------------------------------
LANGUAGE_CODE = "en"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
ORGANISATION_TIME_ZONE = env.text("ORGANISATION_TIME_ZONE", "America/New_York")

# --- Static files: hashed names, immutable, compressed ahead --------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(BASE_DIR / ".staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    # Files that the server makes; people's go from their browser straight to S3.
    "media": {
        "BACKEND": "core.aws.storage.PrivateStorage",
        "OPTIONS": {
            "bucket_name": LMS_MEDIA_BUCKET,
            "endpoint_url": AWS_ENDPOINT_URL or None,
            "region_name": AWS_REGION,
            "addressing_style": "path",
            "signature_version": "s3v4",
            "querystring_expire": PRESIGNED_DOWNLOAD_EXPIRY_SECONDS,
        },
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG

# --- Logs: one JSON object a line, nothing personal -----------------------------------------------------------------
LOGGING = configuration(level=env.text("LOG_LEVEL", "INFO"))
