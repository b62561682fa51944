"""What somebody tells us about a person they worry about, and the shield before who told it. No workflow here."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.encryption.fields import EncryptedTextField
from marketplace.core.models import PublicIdModel

from .enums import Side, When, Worry


class Report(PublicIdModel):
    """One worry about somebody, told with or without a name, always without having to sign in.

    What is told and who told it are sealed apart from each other: `name` and `contact` lie under a key of their own
    (`reporter_id`), and open only where the reporter agreed or two of our staff say why. `digest` belongs to the
    secret link by which the reporter comes back. `reporter_mark` is a keyed digest of an account, only where the reporter
    gave a name while signed in.
    """

    digest = models.CharField(max_length=64, unique=True)
    reporter_id = models.UUIDField(unique=True)
    reporter_mark = models.CharField(max_length=26, blank=True, default="")
    worry = models.CharField(_("你担心什么"), max_length=16, choices=Worry)
    how_soon = models.CharField(_("有多急"), max_length=8, choices=When)
    about = EncryptedTextField(_("TA 是谁，在哪里"), subject="public_id")
    words = EncryptedTextField(_("发生了什么"), subject="public_id")
    name = EncryptedTextField(_("你的称呼"), subject="reporter_id", blank=True, default="")
    contact = EncryptedTextField(_("怎么联系你"), subject="reporter_id", blank=True, default="")
    wishes_contact = models.BooleanField(default=False)
    is_shown = models.BooleanField(default=False, help_text=_("本人同意值守的人看到称呼和联系方式"))
    written_at = models.DateTimeField(default=timezone.now)
    latest_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True, blank=True, help_text=_("值守的人第一次打开"))
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-written_at"]
        indexes = [models.Index(fields=["latest_at"], name="reports_latest", condition=Q(erased_at=None))]

    def __str__(self) -> str:
        return str(self.public_id)


class ReportEntry(PublicIdModel):
    """Something that was added: by the reporter, or by the desk for the reporter to read."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="entries")
    side = models.CharField(max_length=8, choices=Side)
    text = EncryptedTextField(subject="report.public_id")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"{self.report_id} {self.side}"
