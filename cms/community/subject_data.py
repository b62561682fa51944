"""What the community holds about people: their own words under their own names, found from them and from nowhere else."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Section, Subject, SubjectData, register

from .enums import WritingState
from .models import Post, Reply
from .selectors.own import own_aliases, own_threads
from .services.erasing import erase_member


def _row(writing: Post | Reply, thread: Post, name: str) -> dict[str, Any]:
    return {
        "kind": _("回应") if isinstance(writing, Reply) else _("帖子"),
        "topic": str(thread.topic),
        "name": name,
        "text": writing.text,
        "status": writing.get_state_display(),
        "day": writing.written_at.date(),
    }


def _export(subject: Subject) -> list[Section]:
    if subject.scope is not Scope.FULL or subject.user is None:
        return []
    rows = []
    for own in own_threads(subject.user):
        if own.is_author:
            rows.append(_row(own.thread, own.thread, own.alias.name))
        rows += [_row(reply, own.thread, own.alias.name) for reply in own.replies]
    columns = {
        "kind": _("是什么"),
        "topic": _("话题"),
        "name": _("在那里的名字"),
        "text": _("内容"),
        "status": _("状态"),
        "day": _("日期"),
    }
    return [Section("community", _("在树洞里写过的"), columns, rows)] if rows else []


def _erase(subject: Subject) -> ErasureOutcome:
    if subject.user is None:
        return ErasureOutcome()
    return _outcome(*erase_member(subject.user))


def _foresee(subject: Subject) -> ErasureOutcome:
    if subject.user is None:
        return ErasureOutcome()
    aliases = own_aliases(subject.user)
    texts = sum(
        writing.state != WritingState.ERASED
        for alias in aliases
        for writing in (*alias.replies.all(), *([alias.thread] if alias.is_author else []))
    )
    return _outcome(texts, len(aliases))


def _outcome(texts: int, aliases: int) -> ErasureOutcome:
    counted = ((_("在树洞里写过的"), texts), (_("树洞里的名字和账号的对应"), aliases))
    return ErasureOutcome(erased=tuple((title, count) for title, count in counted if count))


def register_subject_data() -> None:
    """Answer for the community."""
    register(
        SubjectData(
            key="community",
            title=_("在树洞里写过的"),
            covers=frozenset(
                {
                    "community.Post",
                    "community.Reply",
                    "community.Alias",
                    "community.Drawer",
                    "community.Attachment",
                    "community.Unmasking",
                }
            ),
            export=_export,
            erase=_erase,
            foresee=_foresee,
        )
    )
