"""The pictures and words somebody can answer with when asked how it is. Never a scale of a person."""

from collections.abc import Iterable

from django.db.models import IntegerChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

#: How many words one mood can have.
MOST_WORDS = 3


class Weather(IntegerChoices):
    """Five kinds of weather, from stormy to clear; told apart by picture and word, never by colour alone."""

    STORM = 1, pgettext_lazy("心情", "雷雨")
    RAIN = 2, pgettext_lazy("心情", "下雨")
    CLOUDS = 3, pgettext_lazy("心情", "阴天")
    CLEARING = 4, pgettext_lazy("心情", "转晴")
    SUN = 5, pgettext_lazy("心情", "晴天")

    @property
    def feels(self) -> str:
        """The same in plain words, beside the picture."""
        return str(_FEELS[self])


_FEELS = {
    Weather.STORM: _("很糟"),
    Weather.RAIN: _("不太好"),
    Weather.CLOUDS: _("还行"),
    Weather.CLEARING: _("不错"),
    Weather.SUN: _("很好"),
}

#: Words for feelings: key, word; hard and light ones mixed, so that none looks like the right answer.
WORDS = {
    "calm": _("平静"),
    "tired": _("累"),
    "happy": _("开心"),
    "anxious": _("紧张"),
    "angry": _("生气"),
    "thankful": _("感谢"),
    "lonely": _("孤单"),
    "hopeful": _("有盼头"),
    "wronged": _("委屈"),
    "bored": _("无聊"),
    "proud": _("自豪"),
    "sad": _("难过"),
    "relaxed": _("放松"),
    "irritable": _("烦"),
    "curious": _("好奇"),
    "scared": _("害怕"),
    "loved": _("被在乎"),
    "numb": _("说不上来"),
}


def word_labels(keys: Iterable[str]) -> list[str]:
    """Return the words behind keys, in their order; keys that are no longer offered are passed over."""
    return [str(WORDS[key]) for key in keys if key in WORDS]
