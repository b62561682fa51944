"""What young people and parents send in for the library."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.age_bands import AgeBand
from marketplace.core.encryption.fields import EncryptedTextField
from marketplace.core.models import PublicIdModel
from marketplace.core.needs import Need
from marketplace.families.enums import SchoolYear

from ..submissions.enums import About, Attribution, Form, Licence, Refusal, State, Teller

TITLE_LENGTH = 40
WORDS_LENGTH = 6000
ALIAS_LENGTH = 12


class Submission(PublicIdModel):
    """One work or story. Its words and file are sealed under a key of its own, which goes when it is withdrawn.

    `child` is the young person whose it is (none for a parent's own story); `sent_by` who pressed the button: the young
    person from 14 on, else a parent. `file` is base64 of a picture drawn anew by us, or of a sound without its labels.
    `page` is the item it became; a reader never learns of the connection but what `attribution` says.
    """

    about = models.CharField(_("这是什么"), max_length=8, choices=About, default=About.WORK)
    form = models.CharField(_("形式"), max_length=8, choices=Form, default=Form.TEXT)
    teller = models.CharField(max_length=8, choices=Teller, default=Teller.YOUNG)
    child = models.ForeignKey("families.Child", models.SET_NULL, null=True, blank=True, related_name="submissions")
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="submissions_sent"
    )
    title = EncryptedTextField(_("标题"), subject="public_id", max_length=TITLE_LENGTH)
    words = EncryptedTextField(_("内容"), subject="public_id", max_length=WORDS_LENGTH, blank=True, default="")
    file = EncryptedTextField(subject="public_id", blank=True, default="")
    file_type = models.CharField(max_length=20, blank=True, default="")
    need = models.CharField(_("关于什么"), max_length=16, choices=Need)
    age_band = models.CharField(_("写给谁看"), max_length=8, choices=AgeBand)
    attribution = models.CharField(_("署名"), max_length=8, choices=Attribution, default=Attribution.NONE)
    alias = EncryptedTextField(_("化名"), subject="public_id", max_length=ALIAS_LENGTH, blank=True, default="")
    school_year = models.SmallIntegerField(_("年级"), choices=SchoolYear, null=True, blank=True)
    licence = models.CharField(_("授权"), max_length=8, choices=Licence, default=Licence.HERE)
    licence_version = models.CharField(max_length=10, default="2026.1")
    agreed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    is_held = models.BooleanField(default=False, help_text=_("安全值守看过以后再审"))
    sent_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    refusal = models.CharField(_("原因"), max_length=8, choices=Refusal, blank=True, default="")
    page = models.ForeignKey("wagtailcore.Page", models.SET_NULL, null=True, blank=True, related_name="submissions")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["sent_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=(State.ACCEPTED, State.DECLINED)) | Q(decided_at__isnull=False),
                name="submission_decided_when_answered",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DECLINED) | ~Q(refusal=""), name="submission_declined_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state=State.WITHDRAWN, withdrawn_at__isnull=False)
                | ~Q(state=State.WITHDRAWN) & Q(withdrawn_at=None),
                name="submission_withdrawn_when_withdrawn",
            ),
            models.CheckConstraint(
                condition=~Q(about=About.STORY) | Q(attribution=Attribution.NONE), name="story_names_nobody"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.WITHDRAWN) | Q(page=None), name="withdrawn_submission_has_no_page"
            ),
        ]
        indexes = [
            models.Index(fields=["sent_at"], name="submissions_waiting", condition=Q(state="waiting")),
            models.Index(fields=["sent_by", "-sent_at"], name="submissions_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.get_about_display()} · {self.sent_at:%F}"
