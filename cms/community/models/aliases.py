"""The names people have in threads, and what somebody did under none.

`member_key` is `names.member_key(user, thread)`: the same for one person in one thread, and unrelated in another.
"""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from marketplace.core.encryption.fields import EncryptedJSONField, EncryptedTextField
from marketplace.core.models import PublicIdModel

from .writings import Post, Reply

KEY_LENGTH = 26


class Alias(PublicIdModel):
    """The name somebody has in one thread, drawn at random; it says nothing of who it is, and no two threads share one.

    `member` holds the account's public id sealed under a key of its own (`link_id`): `services.unmasking` opens it for two
    persons with a reason, `services.raising` for the safety desk, nothing else does. Half a year after `last_on`, the day
    something was last said under it, nobody can any more.
    """

    thread = models.ForeignKey(Post, models.CASCADE, related_name="aliases")
    member_key = models.CharField(max_length=KEY_LENGTH)
    name = models.CharField(max_length=20)
    picture = models.CharField(max_length=24)
    is_author = models.BooleanField(default=False)
    last_on = models.DateField(default=timezone.localdate)
    link_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    member = EncryptedTextField(subject="link_id", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "member_key"], name="one_alias_per_thread"),
            models.UniqueConstraint(fields=["thread", "name"], name="alias_name_once_per_thread"),
            models.UniqueConstraint(fields=["thread"], condition=Q(is_author=True), name="one_author_per_thread"),
        ]

    def __str__(self) -> str:
        return self.name


class Drawer(PublicIdModel):
    """Which aliases are somebody's own, sealed under that person's key: for "my posts" and for erasing an account."""

    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="community_drawer")
    aliases = EncryptedJSONField(subject="member.public_id", null=True)

    def __str__(self) -> str:
        return str(self.public_id)


class Hug(models.Model):
    """A hug for a post or a reply; `giver_key` is another one for each thing hugged and leads to no alias."""

    post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="hugs")
    reply = models.ForeignKey(Reply, models.CASCADE, null=True, blank=True, related_name="hugs")
    giver_key = models.CharField(max_length=KEY_LENGTH)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(post=None, reply__isnull=False) | Q(post__isnull=False, reply=None), name="hug_for_one"
            ),
            models.UniqueConstraint(fields=["post", "giver_key"], name="one_hug_for_a_post"),
            models.UniqueConstraint(fields=["reply", "giver_key"], name="one_hug_for_a_reply"),
        ]

    def __str__(self) -> str:
        return self.giver_key


class Mute(models.Model):
    """That somebody wants to read nothing more under an alias."""

    alias = models.ForeignKey(Alias, models.CASCADE, related_name="mutes")
    member_key = models.CharField(max_length=KEY_LENGTH)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["alias", "member_key"], name="one_mute_of_an_alias")]

    def __str__(self) -> str:
        return f"{self.alias_id}"


class Block(models.Model):
    """That whoever has this alias sees nothing of somebody in that thread, and answers nothing there.

    It ends with the thread: in another one nobody knows anybody again, and a block that followed a person would tell
    which aliases are the same.
    """

    alias = models.ForeignKey(Alias, models.CASCADE, related_name="blocks")
    member_key = models.CharField(max_length=KEY_LENGTH)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["alias", "member_key"], name="one_block_of_an_alias")]

    def __str__(self) -> str:
        return f"{self.alias_id}"
