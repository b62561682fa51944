from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.core.models import PublicIdModel

from .enums import AgreementKind, Duty, Role


class UserManager(BaseUserManager["User"]):
    """Makes users known by phone, e-mail, or (a teen without either) nickname."""

    def create_user(
        self, *, email: str | None = None, phone: str | None = None, password: str | None = None, **fields
    ) -> "User":
        user = self.model(email=self.normalize_email(email) or None, phone=phone or None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        fields |= {"is_staff": True, "is_superuser": True, "role": Role.STAFF}
        return self.create_user(email=email, password=password, **fields)

    def get_by_natural_key(self, email: str) -> "User":
        return self.get(email__iexact=email)


class User(PublicIdModel, AbstractBaseUser, PermissionsMixin):
    """A person who signs in by phone (E.164), e-mail or, a teen without either, login name.

    Each of the three is unique or absent, never empty. `login_name` is kept in lower case.
    """

    email = models.EmailField(_("邮箱"), unique=True, null=True, blank=True)
    phone = models.CharField(_("手机号"), max_length=20, unique=True, null=True, blank=True)
    phone_verified_at = models.DateTimeField(null=True, blank=True)
    login_name = models.CharField(_("登录名"), max_length=30, unique=True, null=True, blank=True)
    nickname = models.CharField(_("称呼"), max_length=30, blank=True)
    role = models.CharField(_("角色"), max_length=16, choices=Role, default=Role.FAMILY)
    duties = ArrayField(models.CharField(max_length=12, choices=Duty), default=list, blank=True)
    is_staff = models.BooleanField(_("可进入管理后台"), default=False)
    is_active = models.BooleanField(_("可登录"), default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(phone=""), name="user_phone_absent_not_empty"),
            models.CheckConstraint(condition=~models.Q(email=""), name="user_email_absent_not_empty"),
            models.CheckConstraint(condition=~models.Q(login_name=""), name="user_login_name_absent_not_empty"),
        ]

    def __str__(self) -> str:
        return self.nickname or self.masked_phone or self.email or str(self.public_id)

    @property
    def masked_phone(self) -> str:
        """The phone number as it may be shown: 138****0000; empty where there is none."""
        if not self.phone:
            return ""
        local = self.phone.removeprefix("+86")
        return f"{local[:3]}****{local[-4:]}"

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


class DutyShift(models.Model):
    """When a member of staff is on duty: outside it, people's data stays closed to them."""

    user = models.ForeignKey(User, models.CASCADE, related_name="duty_shifts")
    duty = models.CharField(max_length=12, choices=Duty)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("begins_at")), name="duty_shift_has_length")
        ]
        indexes = [models.Index(fields=["user", "ends_at"])]

    def __str__(self) -> str:
        return f"{self.user} · {self.duty}"


class RecoveryCode(models.Model):
    """A printed code that lets a teen without phone or e-mail set a new password once; kept as a password hash.

    One that a guardian had made for the teen ends after a while; printed ones do not.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=128)
    created_at = models.DateTimeField(default=timezone.now)
    #: A guardian who helps; nobody where the person made the codes.
    issued_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    expires_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user} {self.created_at:%Y-%m-%d}"


def _reads_english() -> bool:
    return (get_language() or "").startswith("en")


class Agreement(models.Model):
    """One version of a text people accept at sign-up; never edited, only followed by another version."""

    kind = models.CharField(max_length=10, choices=AgreementKind)
    version = models.CharField(max_length=20)
    effective_at = models.DateTimeField()
    title = models.CharField(max_length=80)
    title_en = models.CharField(max_length=120)
    body = models.TextField()
    body_en = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "version"], name="agreement_version_once")]
        ordering = ["kind", "-effective_at"]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"

    @property
    def label(self) -> str:
        """The title in the reader's language."""
        return self.title_en if _reads_english() else self.title

    @property
    def text(self) -> str:
        """The body in the reader's language."""
        return self.body_en if _reads_english() else self.body


class AgreementAcceptance(models.Model):
    """That a person accepted one version, and when."""

    user = models.ForeignKey(User, models.CASCADE, related_name="agreement_acceptances")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="acceptances")
    accepted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "agreement"], name="agreement_accepted_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.agreement}"
