from uuid import UUID

from django.db import models
from django.db.models import Q

from marketplace.core.encryption.fields import EncryptedTextField
from marketplace.core.models import PublicIdModel

from .writings import Post, Reply


class Attachment(PublicIdModel):
    """A picture with a post or a reply: drawn anew, without anything the file knew, sealed with the words beside it.

    `content` is Base64 of a JPEG whose length is a multiple of `pictures.STEP`; `shape` one of three formats.
    """

    post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="attachments")
    reply = models.ForeignKey(Reply, models.CASCADE, null=True, blank=True, related_name="attachments")
    shape = models.CharField(max_length=8)
    description = EncryptedTextField(subject="key_subject", max_length=120, blank=True, default="")
    content = EncryptedTextField(subject="key_subject")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(post=None, reply__isnull=False) | Q(post__isnull=False, reply=None),
                name="attachment_of_one",
            ),
            models.UniqueConstraint(fields=["post"], name="one_attachment_of_a_post"),
            models.UniqueConstraint(fields=["reply"], name="one_attachment_of_a_reply"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def key_subject(self) -> UUID:
        """Whose key seals it: the one of the words it stands with."""
        if self.post is not None:
            return self.post.public_id
        assert self.reply is not None
        return self.reply.alias.public_id
