"""Why something about moods, the diary, shares or check-ins is refused."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class NoWeatherChosen(Refusal):
    sentence = _("请先点一个现在的天气。")


class TooManyWords(Refusal):
    sentence = _("心情词最多选三个。")


class NothingWritten(Refusal):
    sentence = _("这一页还没有字。")


class ChangedElsewhere(Refusal):
    sentence = _("这一页在别的地方改过了。下面是你现在写的，先复制下来，再打开新的那一页。")


class NotSomebodyOfYours(Refusal):
    sentence = _("只能给你的家人，或者正在帮你的咨询师看。")


class AlreadyShown(Refusal):
    sentence = _("这一篇已经给这个人看了。")


class ShareOver(Refusal):
    sentence = _("这件事已经不用回答了。")


class NoMomentLeft(Refusal):
    sentence = _("你选的时间都在安静时间或上课时间里，没有能问的时候。换一个时间试试。")


class NotAskedNow(Refusal):
    sentence = _("这个小问候已经过去了，不用补。")


class SnoozedEnough(Refusal):
    sentence = _("已经推迟过两次了，这次就算了，没关系。")
