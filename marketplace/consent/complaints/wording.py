"""Where a complaint is, in plain words for the person who made it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .enums import ComplaintStatus

_SENTENCES = {
    ComplaintStatus.RECEIVED: _("我们收到了，接下来会有一位工作人员确认并开始查。"),
    ComplaintStatus.IN_WORK: _("有一位专门负责个人信息保护的工作人员正在查。"),
    ComplaintStatus.WAITING: _("我们有一个问题想请您补充，补充以后接着查。不补充，我们也会按时答复。"),
    ComplaintStatus.ANSWERED: _("我们已经答复。您觉得不对，可以请另一个人再看一遍。"),
    ComplaintStatus.SECOND_READING: _("另一位没有参与过的工作人员正在重新看这件事。"),
    ComplaintStatus.CLOSED: _("这件事已经办结。"),
}


def sentence(status: str) -> Promise:
    """Return what a status means."""
    return _SENTENCES[ComplaintStatus(status)]
