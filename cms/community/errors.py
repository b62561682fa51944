from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class MayNotWrite(Refusal):
    sentence = _("在树洞里写，要用自己的青少年账号，并且满 14 岁。现在可以读，也可以写在自己的日记里。")


class TopicClosed(Refusal):
    sentence = _("这个话题现在不收新的内容，可以先读一读。")


class NothingWritten(Refusal):
    sentence = _("还没有写字。写一句也可以。")


class TooLong(Refusal):
    sentence = _("有点长了，分成两次写吧。")


class Gone(Refusal):
    sentence = _("这一篇已经不在了。")


class NotYours(Refusal):
    sentence = _("这一条不是你写的。")


class CannotChange(Refusal):
    sentence = _("这一条已经送出了，不能再改；可以收回。")


class TooLateToUndo(Refusal):
    sentence = _("收回已经超过半小时，内容已经删掉了。")


class EnoughForNow(Refusal):
    sentence = _("今天写了不少了。先歇一歇，明天再来；要是现在就很难受，可以打电话找人说说。")


class NoPicture(Refusal):
    sentence = _("这张图打不开。请换一张 JPG、PNG 或 WebP 图片。")


class PictureTooLarge(Refusal):
    sentence = _("这张图太大了，请换一张小于 10 MB 的。")


class NotYourself(Refusal):
    sentence = _("这是你自己写的。")


class QuotedElsewhere(Refusal):
    sentence = _("要引用的那一条不在这里。")


class SecondPersonNeeded(Refusal):
    sentence = _("要由另一位同事来决定：这是你自己提的。")


class NotOnDutyForThis(Refusal):
    sentence = _("只有当班的个人信息保护人员可以这样做。")


class ReasonMissing(Refusal):
    sentence = _("请写清楚为什么，至少十个字。")


class AlreadyDecided(Refusal):
    sentence = _("这件事已经有了决定。")


class NotGranted(Refusal):
    sentence = _("没有得到同意，或者同意已经过期。")


class LinkGone(Refusal):
    sentence = _("这个名字和账号的对应已经删除，谁也查不到了。")
