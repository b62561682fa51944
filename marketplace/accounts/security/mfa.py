"""allauth's second step, as this house uses it."""

import base64
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from .second_step import needs_second_step


class MFAAdapter(DefaultMFAAdapter):
    """Secrets are kept encrypted; whoever must have the second step cannot take it off."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "add_email_blocked": _("开启两步验证以后不能再加邮箱。"),
        "cannot_delete_authenticator": _("你的工作需要两步验证，不能关闭。换手机时请联系平台负责人。"),
        "cannot_generate_recovery_codes": _("先开启两步验证，才有备用码。"),
        "incorrect_code": _("验证码不对，请看一眼最新的 6 位数字。"),
        "unverified_email": _("请先验证邮箱，再开启两步验证。"),
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return authenticator.type != Authenticator.Type.TOTP or not needs_second_step(authenticator.user)

    def get_totp_label(self, user: Any) -> str:
        """What the app on the phone shows; it stands on a screen others may see."""
        return user.nickname or user.masked_phone or "心桥"


def _cipher() -> MultiFernet:
    """Keys made of SECRET_KEY, a former one still opening what it closed."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(str(secret))) for secret in secrets])


def _key(secret: str) -> bytes:
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"xinqiao second step").derive(secret.encode())
    return base64.urlsafe_b64encode(derived)
