"""Files people hand in: what is kept beside the sealed content."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.encryption.fields import EncryptedTextField
from marketplace.core.models import PublicIdModel

from .enums import FileKind


class StoredFile(PublicIdModel):
    """A file that was checked, made harmless and put away as ciphertext.

    `owner_kind` names who asks for such files ("application_paper"): its reader rule decides who opens it.
    `owner_subject` is the public id of whoever the file is about: with that key the place and the key of the content are
    sealed, so that destroying the one destroys the other. Point at it with a PROTECT foreign key: what nothing points at
    is destroyed after 30 days.
    """

    owner_kind = models.CharField(max_length=40)
    owner_subject = models.UUIDField()
    name = EncryptedTextField(_("文件名"), subject="owner_subject", max_length=100)
    reference = EncryptedTextField(subject="owner_subject", help_text="where the content is, and the key that opens it")
    kind = models.CharField(_("类型"), max_length=8, choices=FileKind)
    size = models.PositiveIntegerField(_("大小"))
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content as it is kept")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(_("上传时间"), default=timezone.now)

    class Meta:
        verbose_name = _("上传的文件")
        indexes = [
            models.Index(fields=["owner_kind", "owner_subject"], name="stored_file_of_owner"),
            models.Index(fields=["created_at"], name="stored_file_by_age"),
        ]
        constraints = [models.CheckConstraint(condition=Q(size__gt=0), name="stored_file_holds_something")]

    def __str__(self) -> str:
        return f"{self.owner_kind} {self.public_id}"

    @property
    def is_picture(self) -> bool:
        """Return whether it can be shown in a page."""
        return self.kind in (FileKind.JPEG, FileKind.PNG)
