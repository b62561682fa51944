"""Settings that every house shares; demo, test and production stay thin. Everything outside comes by environment."""

import os
from datetime import timedelta
from pathlib import Path

from oscar.defaults import *  # noqa: F403  (Oscar reads its options from the settings module)

from marketplace.core.embedded import locations

from .beat import CELERY_BEAT_SCHEDULE  # noqa: F401
from .rails import PAYMENT_GATEWAYS, PAYOUT_GATEWAY  # noqa: F401
from .servers import celery_broker_url, database_settings, redis_database

BASE_DIR = Path(__file__).resolve().parents[2]

#: Which embedded servers to use when DATABASE_URL / REDIS_URL name none: "demo" or "test".
EMBEDDED_PURPOSE = os.environ.get("XINQIAO_PURPOSE", "demo")
DATABASE_URL = os.environ.get("DATABASE_URL") or locations.database_url(EMBEDDED_PURPOSE)


def redis_url(database: int) -> str:
    """Return the Redis URL of one logical database, on the named server or the embedded one."""
    server = os.environ.get("REDIS_URL")
    if server:
        return redis_database(server, database)
    return locations.redis_url(EMBEDDED_PURPOSE, database)


DEBUG = False
DEMO = False
SECRET_KEY = os.environ.get("SECRET_KEY", "")
ALLOWED_HOSTS = [host for host in os.environ.get("ALLOWED_HOSTS", "").split(",") if host]
PUBLIC_BASE_URL = os.environ.get("PUBLIC_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [PUBLIC_BASE_URL]
SITE_ID = 1

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sites",
    "django.contrib.postgres",
    "django.contrib.flatpages",  # a migration of Oscar's customer app names it
    # the ground floor
    "marketplace.core",
    "marketplace.core.encryption",
    "marketplace.core.audit",
    "marketplace.notifications",
    "marketplace.accounts",
    "marketplace.families",
    "marketplace.consent",
    "marketplace.consent.access_log",
    "marketplace.consent.rights",
    "marketplace.consent.retention",
    "marketplace.consent.complaints",
    "marketplace.consent.council",
    "marketplace.consent.notices",
    "marketplace.safeguarding",
    "marketplace.safeguarding.gate",
    "marketplace.safeguarding.concerns",
    "marketplace.safeguarding.letters",
    "marketplace.safeguarding.reports",
    "marketplace.home",
    "marketplace.demo",
    # what is free
    "cms.content",
    "cms.wellbeing",
    "cms.community",
    # money
    "payments",
    "payments.ledger",
    "payments.requests",
    "payments.subscriptions",
    "payments.settlement",
    "payments.grants",
    "payments.disputes",
    "payments.books",
    "payments.fapiao",
    # the shop: our thin forks, and the parts of Oscar taken as they are
    "catalog.partner",
    "catalog.catalogue",
    "catalog.scheduling",
    "catalog.browse",
    "catalog.vouchers",
    "catalog.basket",
    "catalog.order",
    "catalog.fulfilment",
    "catalog.waitlist",
    "catalog.capacity",
    "catalog.credits",
    "catalog.returns",
    "catalog.consultations",
    "catalog.consultations.notes",
    "catalog.consultations.measures",
    "catalog.consultations.feedback",
    "catalog.checkout",
    "catalog.plans",
    "oscar.apps.analytics.apps.AnalyticsConfig",
    "oscar.apps.address.apps.AddressConfig",
    "oscar.apps.shipping.apps.ShippingConfig",
    "oscar.apps.catalogue.reviews.apps.CatalogueReviewsConfig",
    "oscar.apps.communication.apps.CommunicationConfig",
    "oscar.apps.payment.apps.PaymentConfig",
    "oscar.apps.offer.apps.OfferConfig",
    "oscar.apps.customer.apps.CustomerConfig",
    "oscar.apps.voucher.apps.VoucherConfig",
    "oscar.apps.wishlists.apps.WishlistsConfig",
    # portals
    "partners.clinics",
    "partners.backoffice",
    "partners.finance",
    # sign-in
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    # content
    "wagtail.documents",
    "wagtail.snippets",
    "wagtail.users",
    "wagtail.admin",
    "wagtail.images",
    "wagtail.search",
    "wagtail",
    "modelcluster",
    "taggit",
    # plumbing
    "channels",
    "django_celery_beat",
    "django_htmx",
    "csp",
    "treebeard",
    "sorl.thumbnail",
]

MIDDLEWARE = [
    "marketplace.core.middleware.PermissionsPolicy",
    "marketplace.core.middleware.PrivatePages",
    "catalog.browse.middleware.VisitorPages",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "marketplace.core.middleware.SitePolicies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "marketplace.families.middleware.MinorMode",
    "allauth.account.middleware.AccountMiddleware",
    "marketplace.accounts.middleware.RateLimitedMiddleware",
    "marketplace.accounts.security.middleware.GateMiddleware",
]

ROOT_URLCONF = "marketplace.urls"
WSGI_APPLICATION = "marketplace.wsgi.application"
ASGI_APPLICATION = "marketplace.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "marketplace.home.context_processors.navigation",
            ],
            "builtins": [
                "marketplace.core.templatetags.xinqiao",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
        },
    }
]

# --- data -----------------------------------------------------------------------------------------
DATABASES = {"default": database_settings(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Separate Redis databases: cache.clear() is FLUSHDB and must never empty the broker.
REDIS_CACHE_DB, REDIS_BROKER_DB, REDIS_CHANNELS_DB = 0, 1, 2
CACHES = {
    "default": {
        "BACKEND": "marketplace.core.cache.RedisCache",
        "LOCATION": redis_url(REDIS_CACHE_DB),
        "KEY_PREFIX": "xq",
    }
}
#: Who is in a consultation room, and the messages between its server processes; all of it sealed.
ROOM_REDIS_URL = redis_url(REDIS_CHANNELS_DB)
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "marketplace.core.channel_layer.SealedChannelLayer",
        "CONFIG": {
            # Longer than the layer's own waiting for messages (5 s), which the client would otherwise break off.
            "hosts": [{"address": ROOM_REDIS_URL, "socket_timeout": 30}],
            "prefix": "xq-room",
            "expiry": 60,
            "group_expiry": int(timedelta(days=1).total_seconds()),
            "capacity": 500,
        },
    }
}
#: Our own coturn: addresses separated by commas, and the secret it shares with us (`static-auth-secret`).
STUN_URLS = [url for url in os.environ.get("STUN_URLS", "").split(",") if url]
TURN_URLS = [url for url in os.environ.get("TURN_URLS", "").split(",") if url]
TURN_SECRET = os.environ.get("TURN_SECRET", "")
#: Longer than any session.
TURN_LASTS = timedelta(hours=6)
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = int(timedelta(days=30).total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
#: No form of ours is longer, and none takes files; the web server in front cuts off what is much longer.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 5

#: The class that holds the keys data keys are wrapped under; see marketplace.core.encryption.kms.
KEY_SERVICE = os.environ.get("KEY_SERVICE", "marketplace.core.encryption.file_kms.FileKms")
KEY_SERVICE_FILE = Path(os.environ.get("KEY_SERVICE_FILE", BASE_DIR / ".data" / EMBEDDED_PURPOSE / "keys" / "kek.json"))

#: Whose keys were destroyed, outside the database: a restored backup learns from it. See marketplace.core.encryption.journal.
ERASURE_JOURNAL = Path(
    os.environ.get("ERASURE_JOURNAL", BASE_DIR / ".data" / EMBEDDED_PURPOSE / "keys" / "erasures.jsonl")
)
#: What backups are sealed with. The web servers never need it: only the backup's own job is given it.
BACKUP_KEY_FILE = os.environ.get("BACKUP_KEY_FILE", "")

#: Keys the pseudonyms of analytics; another one for another house, and never the key of sessions.
PSEUDONYM_KEY = os.environ.get("PSEUDONYM_KEY", "")

# --- background work --------------------------------------------------------------------------------
CELERY_BROKER_URL = celery_broker_url(redis_url(REDIS_BROKER_DB))
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True

# --- people -----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "marketplace.accounts.backends.PasswordBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("phone", "email", "login_name", "nickname")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "me"
LOGOUT_REDIRECT_URL = "home"
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAILADMIN_LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "marketplace.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"phone", "email"}
#: Our sign-up form asks for phone or e-mail, one of them; allauth's checks want the e-mail marked as required.
ACCOUNT_SIGNUP_FIELDS = ["phone", "email*", "password1"]
_SIX_DIGITS = {"numeric": True, "dashed": False, "length": 6}
_FIVE_MINUTES = int(timedelta(minutes=5).total_seconds())
ACCOUNT_PHONE_VERIFICATION_ENABLED = True
ACCOUNT_PHONE_VERIFICATION_CODE_FORMAT = _SIX_DIGITS
ACCOUNT_PHONE_VERIFICATION_TIMEOUT = _FIVE_MINUTES
ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PHONE_VERIFICATION_SUPPORTS_CHANGE = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = _SIX_DIGITS
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = _FIVE_MINUTES
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT = _SIX_DIGITS
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_CODE_FORMAT = _SIX_DIGITS
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = _FIVE_MINUTES
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
#: Passwords, codes and public forms are slowed by marketplace.accounts.security.attempts; allauth's limits by address would
#: stop a school's whole class at once.
ACCOUNT_RATE_LIMITS = {
    "signup": None,
    "login": None,
    "login_failed": None,
    "request_login_code": None,
    "reset_password": None,
    "reset_password_from_key": None,
    "verify_phone": "1/30s/key",
    "change_phone": "5/m/user",
}
#: Who works on the bridge proves it twice; whoever may open the admin site does in any case.
MFA_REQUIRED_ROLES = ("practitioner", "partner_staff", "staff")
#: A working day: after it, the second step is asked for again in the same session.
SECOND_STEP_LASTS = timedelta(hours=12)
#: Sites of packages that do not pass through marketplace.accounts.access, and what opens each. Staff see people's data on
#: duty and page by page; the whole of it, in Django's admin, is for leads only. In the editor there is nobody's data, so
#: the duty opens it on shift or not.
GATED_SITES = {"/editor/": "duty:content", "/django-admin/": "superuser"}
MFA_ADAPTER = "marketplace.accounts.security.mfa.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "心桥"
#: A clock half a minute off is no reason to be locked out; a code is good once (see security.forms).
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "marketplace.accounts.security.forms.AuthenticateForm",
    "reauthenticate": "marketplace.accounts.security.forms.ReauthenticateForm",
    "activate_totp": "marketplace.accounts.security.forms.ActivateTotpForm",
}
#: How many proxies of ours stand before the site; without them a visitor could invent its address.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXY_COUNT", "0"))
ACCOUNT_FORMS = {
    "login": "marketplace.accounts.forms.LoginForm",
    "signup": "marketplace.accounts.forms.SignupForm",
    "request_login_code": "marketplace.accounts.forms.RequestLoginCodeForm",
    "confirm_login_code": "marketplace.accounts.forms.LoginCodeForm",
    "verify_phone": "marketplace.accounts.forms.VerifyPhoneForm",
    "confirm_email_verification_code": "marketplace.accounts.forms.VerifyEmailForm",
    "confirm_password_reset_code": "marketplace.accounts.forms.PasswordResetCodeForm",
    "reset_password": "marketplace.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "marketplace.accounts.forms.NewPasswordForm",
    "change_password": "marketplace.accounts.forms.ChangePasswordForm",
    "set_password": "marketplace.accounts.forms.SetPasswordForm",
    "reauthenticate": "marketplace.accounts.forms.ReauthenticateForm",
    "add_email": "marketplace.accounts.forms.AddEmailForm",
    "change_phone": "marketplace.accounts.forms.ChangePhoneForm",
}
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False

#: Minor mode: daily minutes and nights of young accounts, as marketplace.families.age_rules has them.
MINOR_MODE = True
MINOR_MODE_NIGHTS = True

# --- language, time, money -----------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
PHONENUMBER_DEFAULT_REGION = "CN"

# --- shop -----------------------------------------------------------------------------------------------
OSCAR_SHOP_NAME = "心桥"
OSCAR_DEFAULT_CURRENCY = "CNY"
OSCAR_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "hello@xinqiao.example")
DEFAULT_FROM_EMAIL = OSCAR_FROM_EMAIL
OSCAR_INITIAL_ORDER_STATUS = "pending"
OSCAR_INITIAL_LINE_STATUS = "pending"
OSCAR_ORDER_STATUS_PIPELINE = {
    "pending": ("paid", "expired", "cancelled"),
    "expired": ("paid", "refunded"),
    "paid": ("cancelled", "refunded"),
    "cancelled": ("refunded",),
    "refunded": (),
}
OSCAR_LINE_STATUS_PIPELINE = {}
OSCAR_ALLOW_ANON_CHECKOUT = False
OSCAR_ALLOW_ANON_REVIEWS = False
OSCAR_THUMBNAILER = "oscar.core.thumbnails.SorlThumbnail"

# --- search ---------------------------------------------------------------------------------------------
WAGTAILSEARCH_BACKENDS = {
    "default": {
        "BACKEND": "marketplace.core.search.backend",
        "SEARCH_CONFIG": "simple",
    }
}
WAGTAIL_SITE_NAME = "心桥"
#: The library's pages exist in Chinese, and some in English beside it.
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
#: Whether the library also shows what no named professional has read, labelled so. Never outside the demo.
LIBRARY_SHOWS_UNREVIEWED = False
#: Recordings and films are public and handed out like other uploads.
WAGTAILDOCS_SERVE_METHOD = "direct"
WAGTAILADMIN_BASE_URL = PUBLIC_BASE_URL
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
#: The editor asks no other host for anything: no portraits, no news of releases.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
#: Publishing is what a professional's approval does; a draft that was changed since goes through it again.
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.content.editing.finishing.publish_reviewed"
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True

# --- files ------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "marketplace.core.bundles.BundleFinder",
]
STATIC_ROOT = BASE_DIR / ".data" / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", BASE_DIR / ".data" / EMBEDDED_PURPOSE / "media"))

# --- messages -----------------------------------------------------------------------------------------------
#: Dotted path of the class that sends a text message; see marketplace.notifications.channels.
SMS_GATEWAY = os.environ.get("SMS_GATEWAY", "")
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "465"))
EMAIL_USE_SSL = True

# --- the record of looks ------------------------------------------------------------------------------------
#: Ed25519 seed, base64 of 32 bytes, that signs the daily seals; without it a file of this checkout's own.
AUDIT_SIGNING_KEY = os.environ.get("AUDIT_SIGNING_KEY", "")
AUDIT_SIGNING_KEY_FILE = BASE_DIR / ".data" / EMBEDDED_PURPOSE / "keys" / "audit-signing.key"

# --- what a browser may load ------------------------------------------------------------------------------
_SELF = "'self'"
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ("/django-admin/",),
    "DIRECTIVES": {
        "default-src": [_SELF],
        "script-src": [_SELF],
        "style-src": [_SELF],
        "img-src": [_SELF, "data:"],
        "font-src": [_SELF],
        # Older browsers do not take WebSockets of the same host for 'self'.
        "connect-src": [_SELF, PUBLIC_BASE_URL.replace("http", "ws", 1)],
        "object-src": ["'none'"],
        "base-uri": [_SELF],
        "frame-ancestors": ["'none'"],
        # The browser checks this along redirects too, and Alipay sends buyers on to other hosts of its own.
        "form-action": [
            _SELF,
            "https://openapi.alipay.com",
            "https://*.alipay.com",
            "https://*.qq.com",
            "https://wx.tenpay.com",
            "https://checkout.stripe.com",
        ],
    },
}
#: What Wagtail's pages need more than ours: scripts and styles inside the page, and its own preview in a frame. Still
#: nothing from another host.
SITE_POLICIES = {
    "/editor/": {
        "script-src": [_SELF, "'unsafe-inline'"],
        "style-src": [_SELF, "'unsafe-inline'"],
        "img-src": [_SELF, "data:", "blob:"],
        "frame-src": [_SELF],
        "frame-ancestors": [_SELF],
        "form-action": [_SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
#: What no page of ours may ask a browser for. The consultation room opens three of them for itself: `opened_permissions`.
CLOSED_PERMISSIONS = (
    "camera", "microphone", "geolocation", "accelerometer", "gyroscope", "magnetometer", "ambient-light-sensor",
    "bluetooth", "hid", "usb", "serial", "midi", "display-capture", "idle-detection", "screen-wake-lock",
    "browsing-topics", "attribution-reporting", "local-fonts", "publickey-credentials-create", "xr-spatial-tracking",
)  # fmt: skip
SECURE_REFERRER_POLICY = "same-origin"

STYLEGUIDE_ENABLED = False
OUTBOX_ENABLED = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"mask": {"()": "marketplace.core.log_masking.MaskPersonal"}},
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["mask"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # A line for each page that Wagtail indexes tells nobody anything.
    "loggers": {"django_tasks": {"level": "WARNING"}},
}
