"""Production starts clean, and refuses everything that belongs to the demo."""

import os
import subprocess
import sys

import pytest

from marketplace.core.embedded.locations import CHECKOUT, database_url, redis_url

GOOD = {
    "SECRET_KEY": "N4c!vq8zR2#xW7pLk0sT5yUe9aHj3mGd6bFoXi1QnZrV-tYuCw",
    "DATABASE_URL": "postgresql://xinqiao:secret@db.internal/xinqiao",
    "REDIS_URL": "redis://redis.internal:6379",
    "ALLOWED_HOSTS": "www.xinqiao.example",
    "PUBLIC_BASE_URL": "https://www.xinqiao.example",
    "SMS_GATEWAY": "providers.sms.Gateway",
    "KEY_SERVICE": "providers.keys.Service",
    "PSEUDONYM_KEY": "m7!Rw2xKqL9#sVb4ZtNc6pYd8HfJg3Ua",
    "ERASURE_JOURNAL": "/srv/xinqiao-backups/erasures.jsonl",
    "AUDIT_SIGNING_KEY": "bm90IGEga2V5LCBvbmx5IHRoaXJ0eS10d28gYnl0ZXM=",
}

COMPANIES_ADDRESSES = (
    "ALIPAY_GATEWAY_URL",
    "STRIPE_API_URL",
    "WECHATPAY_BASE_URL",
    "WECHAT_OPEN_URL",
    "WECHAT_OPEN_API_URL",
)


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """`manage.py` in production, with exactly these variables."""
    clean = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "marketplace.settings.production"}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=CHECKOUT, env=clean | environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_check_deploy_finds_nothing():
    result = manage("check", "--deploy", "--fail-level=WARNING", **GOOD)
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "1"),
        ("SECRET_KEY", "demo-only-secret-that-production-refuses" + "x" * 30),
        ("SECRET_KEY", "short"),
        ("DATABASE_URL", ""),
        ("DATABASE_URL", database_url("demo")),
        ("REDIS_URL", ""),
        ("REDIS_URL", redis_url("demo", 0)),
        ("TURN_SECRET", "a secret without a relay to share it with"),
        ("TURN_URLS", "turn:turn.example:3478"),
        ("ALLOWED_HOSTS", ""),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "www.xinqiao.example,.xinqiao.example"),
        ("PUBLIC_BASE_URL", "http://www.xinqiao.example"),
        ("ALIPAY_GATEWAY_URL", "http://127.0.0.1:8001/gateway.do"),
        ("WECHATPAY_BASE_URL", "http://127.0.0.1:8001/wechat"),
        ("WECHAT_OPEN_URL", "http://127.0.0.1:8001/wechat"),
        ("WECHAT_OPEN_API_URL", "http://api.weixin.qq.com"),
        ("WECHATPAY_MCHID", "1900000001"),
        ("STRIPE_API_URL", "http://127.0.0.1:8001/stripe"),
        ("STRIPE_SECRET_KEY", "sk_test_xinqiaodemo"),
        ("STRIPE_SECRET_KEY", "sk_live_withoutitssecret"),
        ("SMS_GATEWAY", "marketplace.notifications.channels.OutboxSms"),
        ("AUDIT_SIGNING_KEY", ""),
        ("ERASURE_JOURNAL", ""),
        ("PSEUDONYM_KEY", "short"),
        ("PSEUDONYM_KEY", "demo-only-pseudonyms" + "x" * 30),
        ("KEY_SERVICE", ""),
        ("KEY_SERVICE", "marketplace.core.encryption.file_kms.FileKms"),
    ],
)
def test_what_belongs_to_the_demo_is_refused_by_name(name, value):
    code = "import marketplace.settings.production"
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=CHECKOUT, env={"PATH": os.environ["PATH"]} | GOOD | {name: value},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode != 0
    refusal = result.stderr.strip().splitlines()[-1]
    assert "Production refuses to start" in refusal
    assert "simulator" in refusal if name in COMPANIES_ADDRESSES else name in refusal


def test_stripe_that_is_live_is_taken():
    keys = {"STRIPE_SECRET_KEY": "sk_live_1", "STRIPE_WEBHOOK_SECRET": "whsec_1"}
    assert manage("check", **GOOD, **keys).returncode == 0


def test_wechat_that_is_whole_is_taken():
    whole = {
        "WECHATPAY_MCHID": "1900000001",
        "WECHATPAY_APP_ID": "wx1",
        "WECHATPAY_APP_SECRET": "secret",
        "WECHATPAY_PRIVATE_KEY": "key",
        "WECHATPAY_CERTIFICATE_SERIAL": "5157",
        "WECHATPAY_API_V3_KEY": "k" * 32,
    }
    for half in ({"WECHATPAY_API_V3_KEY": "short"}, {"WECHATPAY_PUBLIC_KEY": "without its id"}, None):
        result = manage("check", **GOOD | whole | (half or {}))
        assert (result.returncode == 0) is (half is None), result.stderr


def test_demo_data_cannot_be_loaded_into_production():
    result = manage("load_demo_data", **GOOD)
    assert result.returncode != 0
    assert "could not connect" not in result.stderr, "it must refuse before it reaches for a database"


def test_cookies_are_bound_to_host_and_tls():
    code = (
        "import django; django.setup()\n"
        "from django.conf import settings as s\n"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
        " s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_PATH, s.SESSION_COOKIE_DOMAIN, s.CSRF_COOKIE_DOMAIN)"
    )
    clean = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "marketplace.settings.production"}
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=CHECKOUT, env=clean | GOOD, capture_output=True, text=True, check=True
    )
    assert result.stdout.split() == [
        "__Host-sessionid",
        "__Host-csrftoken",
        "True",
        "True",
        "True",
        "/",
        "None",
        "None",
    ]
