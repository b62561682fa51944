"""What was sent to a person: the messages and the addresses they went to."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from marketplace.notifications.models import Message

from ..enums import Scope
from ..registry import ErasureOutcome, Section, Subject, SubjectData
from ..removal import carried_out, foreseen, goes


def _messages(user: User) -> QuerySet[Message]:
    """Messages to the person; codes went to an address before anybody knew whose it was."""
    addresses = [address for address in (user.phone, user.email) if address]
    return Message.objects.filter(Q(recipient=user) | Q(recipient=None, address__in=addresses))


def _export(subject: Subject) -> list[Section]:
    if subject.user is None or subject.scope is not Scope.FULL:
        return []
    rows = [
        {
            "at": message.created_at,
            "channel": message.get_channel_display(),
            "address": message.address,
            "subject": message.subject,
            # A code that opens a door is no information about the person.
            "body": message.body if message.recipient_id else "",
            "read_at": message.read_at,
        }
        for message in _messages(subject.user).order_by("created_at", "pk")
    ]
    columns = {
        "at": _("时间"),
        "channel": _("渠道"),
        "address": _("地址"),
        "subject": _("标题"),
        "body": _("内容"),
    }
    return [Section("messages", _("收到的消息"), columns, rows)]


def _foresee(subject: Subject) -> ErasureOutcome:
    return foreseen([goes(_("消息"), _messages(subject.user))]) if subject.user else ErasureOutcome()


def _erase(subject: Subject) -> ErasureOutcome:
    return carried_out([goes(_("消息"), _messages(subject.user))]) if subject.user else ErasureOutcome()


DATA = SubjectData(
    key="notifications",
    title=_("消息"),
    covers=frozenset({"notifications.Message"}),
    export=_export,
    erase=_erase,
    foresee=_foresee,
)
