"""Why something is not taken in, or not possible any more."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class MayNotSend(Refusal):
    """Below 14 a parent sends it; from 14 on only the young person."""

    sentence = _("14 岁起由自己来寄；不满 14 岁，请家长用家长的账号来寄。")


class HasALink(Refusal):
    """It leads somewhere else, or to somebody's phone."""

    sentence = _("请去掉网址、电话、微信号和 QQ 号，再寄一次：这样别人就不会找到谁。")


class TooManyWaiting(Refusal):
    """Several wait already."""

    sentence = _("你已经寄来好几份，正在看。等有了回音再寄下一份，好吗？")


class NothingInIt(Refusal):
    """Neither words nor a file."""

    sentence = _("还没有内容。写几句话，或者加上一张图、一段录音。")


class FileNotTaken(Refusal):
    """The file is not what it should be."""

    sentence = _("这个文件打不开。图片请用 JPG 或 PNG，录音请用 MP3 或 WAV，不超过 5 MB。")


class AlreadyAnswered(Refusal):
    """Somebody decided about it, or its sender took it back."""

    sentence = _("这份投稿已经处理过了，或者已经被撤回。")


class WaitsForSafety(Refusal):
    """The safety desk looks first."""

    sentence = _("安全值守还在看这一份，请等他们看完。")
