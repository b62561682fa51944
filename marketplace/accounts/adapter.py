"""allauth, as this house uses it: phones in E.164, messages through our one door, people landing where they work."""

from typing import Any, cast
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms import BaseForm, Field
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.notifications.services import send_sms

from .models import User
from .security.adapter import Doorkeeper
from .selectors import start_page_of


class AccountAdapter(Doorkeeper):
    """What allauth asks of us."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("这个账号已停用。"),
        "duplicate_email": _("这个邮箱已经在你的账号里了。"),
        "email_password_mismatch": _("邮箱或密码不对。"),
        "phone_password_mismatch": _("手机号或密码不对。"),
        "username_password_mismatch": _("登录名或密码不对。"),
        "email_taken": _("这个邮箱已经用过了。"),
        "enter_current_password": _("现在的密码不对。"),
        "incorrect_code": _("验证码不对，请再看一眼。"),
        "incorrect_password": _("密码不对。"),
        "invalid_login": _("请填手机号或邮箱。"),
        "phone_taken": _("这个手机号已经用过了。"),
        "too_many_login_attempts": _("试的次数有点多，请过几分钟再来。"),
        "same_as_current": _("和现在的一样，不用更换。"),
        "rate_limited": _("刚刚发过一条，请过半分钟再试。"),
    }

    # --- people ---------------------------------------------------------------------------------------

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:
        """Save a new person from the sign-up form. The phone is set before the first save, not after it."""
        data = form.cleaned_data
        user.phone = data.get("phone") or None
        user.email = data.get("email") or None
        user.nickname = data.get("nickname", "")
        user.set_password(data.get("password1") or None)
        user.save()
        return user

    def populate_username(self, request: HttpRequest, user: User) -> None:
        """Nobody has a user name."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where a person lands who came from nowhere in particular."""
        return start_page_of(cast(User, request.user))

    def reauthenticate(self, user: User, password: str) -> bool:
        """Whether this is the person's password; somebody without phone and e-mail is known by login name."""
        if user.login_name:
            return self.authenticate(context.request, login_name=user.login_name, password=password) == user
        return super().reauthenticate(user, password)

    # --- phones ---------------------------------------------------------------------------------------

    def phone_form_field(self, **kwargs: Any) -> Field:
        """The field every allauth form uses for a phone number."""
        from .fields import PhoneField

        return PhoneField(**kwargs)

    def get_user_by_phone(self, phone: str) -> User | None:
        """Return who has this number (E.164), verified or not."""
        return User.objects.filter(phone=phone).first()

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        """Return a person's number and whether it was verified."""
        return (user.phone, user.phone_verified_at is not None) if user.phone else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        """Give a person a number."""
        user.phone = phone or None
        user.phone_verified_at = timezone.now() if verified else None
        user.save(update_fields=["phone", "phone_verified_at"])

    def set_phone_verified(self, user: User, phone: str) -> None:
        """Note that a person proved to hold the number; a former number is told about the change."""
        former = user.phone if user.phone_verified_at else None
        self.set_phone(user, phone, verified=True)
        if former and former != phone:
            body = gettext("你的心桥账号已更换手机号。如果不是你本人操作，请马上联系我们。")
            send_sms(phone=former, body=body, key=f"phone-changed:{uuid4()}")

    # --- text messages ----------------------------------------------------------------------------------

    def send_verification_code_sms(self, user: User, phone: str, code: str, **kwargs: Any) -> None:
        """Send a code."""
        minutes = settings.ACCOUNT_PHONE_VERIFICATION_TIMEOUT // 60
        body = gettext("心桥验证码 %(code)s，%(minutes)s 分钟内有效。请不要告诉任何人。") % {
            "code": code,
            "minutes": minutes,
        }
        send_sms(phone=phone, body=body, key=f"code:{uuid4()}")

    def send_unknown_account_sms(self, phone: str, **kwargs: Any) -> None:
        """Tell the holder of a number that nobody signed up with it; the page itself does not tell."""
        body = gettext("有人想用这个手机号登录心桥，但它还没有注册。如果是你，请先注册：%(url)s") % {
            "url": _page("account_signup")
        }
        send_sms(phone=phone, body=body, key=f"unknown:{uuid4()}")

    def send_account_already_exists_sms(self, phone: str) -> None:
        """Tell the holder of a number that it has an account already; the page itself does not tell."""
        body = gettext("这个手机号已经注册过心桥，直接用验证码登录就可以：%(url)s") % {"url": _page("account_login")}
        send_sms(phone=phone, body=body, key=f"exists:{uuid4()}")

    # --- the way in ---------------------------------------------------------------------------------------

    def get_login_stages(self) -> list[str]:
        """Insert ours: one proven address is enough, and agreements are asked for when they changed."""
        ours = "marketplace.accounts.stages"
        stages = [
            f"{ours}.EmailVerificationStage" if stage.endswith(".EmailVerificationStage") else stage
            for stage in super().get_login_stages()
        ]
        return [*stages, f"{ours}.AgreementStage"]

    def clean_password(self, password: str, user: User | None = None) -> str:
        """Check a new password against the validators, with one calm sentence per finding."""
        try:
            return super().clean_password(password, user)
        except ValidationError as error:
            raise ValidationError(list(dict.fromkeys(error.messages))) from error


def _page(name: str) -> str:
    return f"{settings.PUBLIC_BASE_URL}{reverse(name)}"
