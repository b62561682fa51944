"""The demo's community: topics, invented members nobody can sign in as, and kind words between them."""

from datetime import datetime, timedelta

from django.utils import timezone

from cms.community.models import Post, Reply, Topic
from cms.community.moderation.services.receiving import drop_case
from cms.community.services import hugging, showing, writing
from cms.community.services.opening import open_topics
from marketplace.accounts.enums import Role
from marketplace.accounts.models import User
from marketplace.families.models import Child

from ..data.community import MARK, MEMBERS, THREADS, DemoThread
from ..keys import stable_id

_AGE = 17


def make_community() -> bool:
    """Open the topics and let the invented members speak, once; return whether anything was written."""
    opened = open_topics()
    if Post.objects.exists():
        return bool(opened)
    members = [_member(number) for number in range(MEMBERS)]
    for thread in THREADS:
        _write(thread, members)
    return True


def _member(number: int) -> User:
    """Somebody invented: an account without a password, a phone or an e-mail."""
    user, is_new = User.objects.get_or_create(
        public_id=stable_id("user", f"community-{number}"),
        defaults={"role": Role.TEEN, "nickname": f"树洞示例 {number + 1}"},
    )
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
        born_on = timezone.localdate() - timedelta(days=int(_AGE * 365.25))
        Child.objects.create(nickname=user.nickname, born_on=born_on, account=user)
    return user


def _write(thread: DemoThread, members: list[User]) -> None:
    topic = Topic.objects.get(need=thread.need, band=thread.band)
    post = writing.write_post(user=members[thread.writer], topic=topic, text=thread.text + MARK).writing
    at = timezone.now() - timedelta(days=thread.days)
    _show(post, at)
    for number, (who, text) in enumerate(thread.answers, 1):
        answer = writing.write_reply(user=members[who], thread_id=post.public_id, text=text + MARK).writing
        _show(answer, at + timedelta(hours=6 * number))
    post.refresh_from_db()
    for who in thread.hugs:
        hugging.give_hug(user=members[who], writing=post)


def _show(written: Post | Reply, at: datetime) -> None:
    """Let it be read without a moderator: nobody of ours really looked, and nothing waits at the desk."""
    showing.show(writing=written, now=at)
    drop_case(writing=written)
