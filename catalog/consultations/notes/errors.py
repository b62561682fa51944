"""Every refusal a provider can meet with a note."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class NotYourSession(Refusal):
    """A note is written by whoever gave the session."""

    sentence = _("只有这次见面的咨询师可以写记录。")


class NoteSigned(Refusal):
    """What was signed stays as it was."""

    sentence = _("这份记录已经签名，不能再改。需要补充时，请写一段补记。")


class NoteNotSigned(Refusal):
    sentence = _("这份记录还没有签名，直接改草稿就可以。")


class NoteEmpty(Refusal):
    sentence = _("还没有写内容。")


class NoteChangedElsewhere(Refusal):
    """Another window or device saved in between; its words are not overwritten."""

    sentence = _("这份草稿在别的窗口里改过。请先打开最新的草稿，再把这里的内容加进去。")
