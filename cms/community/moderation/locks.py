"""Row locks of the desk. Order: the thread, the reply, then the case, then claims; as the community's own services do."""

from uuid import UUID

from marketplace.accounts.models import User

from .. import locks as community
from ..models import Appeal, Case, Claim, Post, Reply
from .errors import NotOpen


def locked_writing(writing: Post | Reply) -> Post | Reply:
    """Return a post or reply, read after its lock; a reply's thread is locked before it."""
    if isinstance(writing, Post):
        return community.thread(writing.public_id).get()
    community.thread(writing.thread.public_id).get()
    return community.reply(writing.public_id).get()


def locked_case(public_id: UUID) -> Case:
    """Return a case, read after its writing's lock and its own. Raises NotOpen where it is gone."""
    found = Case.objects.select_related("post", "reply__thread").filter(public_id=public_id).first()
    if found is None:
        raise NotOpen
    writing = locked_writing(found.writing)
    case = Case.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if isinstance(writing, Post):
        case.post = writing
    else:
        case.reply = writing
    return case


def live_claim(case: Case, moderator: User) -> Claim | None:
    """Return the claim a moderator has on a case, locked; None where there is none."""
    return Claim.objects.select_for_update().filter(case=case, moderator=moderator, ended_at=None).first()


def appeal_of(case: Case) -> Appeal | None:
    """Return the appeal that a case is about, locked."""
    return Appeal.objects.select_for_update().filter(case=case).first()
