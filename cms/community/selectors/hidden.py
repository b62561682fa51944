"""What somebody does not want to see, and what others do not want them to see; always inside single threads."""

from collections.abc import Sequence

from marketplace.accounts.models import User

from ..models import Alias, Block, Mute, Post
from ..names import member_key


def hidden_aliases(user: User | None, threads: Sequence[Post]) -> set[int]:
    """Return the pks of names whose words somebody does not see in these threads; two queries, none for a stranger.

    Muted by them, or used by somebody who blocked them there.
    """
    if user is None or not threads:
        return set()
    keys = [member_key(user, thread) for thread in threads]
    muted = Mute.objects.filter(alias__thread__in=threads, member_key__in=keys).values_list("alias_id", flat=True)
    blocked_by = Block.objects.filter(alias__thread__in=threads, alias__member_key__in=keys).values("member_key")
    blockers = Alias.objects.filter(thread__in=threads, member_key__in=blocked_by).values_list("pk", flat=True)
    return {*muted, *blockers}


def hides_somebody(user: User | None, thread: Post) -> bool:
    """Whether somebody hides anybody in a thread."""
    if user is None:
        return False
    key = member_key(user, thread)
    return (
        Mute.objects.filter(alias__thread=thread, member_key=key).exists()
        or Block.objects.filter(alias__thread=thread, member_key=key).exists()
    )
