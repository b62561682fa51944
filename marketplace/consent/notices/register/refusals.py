"""What we do not build, and why (decision A3.3; rows AS-08 to AS-11, AI-14 and PRV-10)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """One thing others offer and we refuse: what it is, why not, and what we do instead."""

    key: str
    icon: str
    title: Promise
    why: Promise
    instead: Promise


REFUSALS: tuple[Refused, ...] = (
    Refused(
        key="face",
        icon="eye",
        title=_("不看脸"),
        why=_("不做人脸登录，不用摄像头看表情、微表情和目光。脸换不掉，表情也说明不了心里的事。"),
        instead=_("登录用验证码或密码。想说的时候，自己说。"),
    ),
    Refused(
        key="voice",
        icon="mobile",
        title=_("不分析声音"),
        why=_("不从声音里猜情绪，不录声纹。猜错了，会给人贴上标签。"),
        instead=_("线上会面的语音和视频只用来通话，不留下，不分析。"),
    ),
    Refused(
        key="body",
        icon="person",
        title=_("不量身体和步态"),
        why=_("不用手环、座椅、门禁去推测心情，也不看人怎么走路。"),
        instead=_("需要了解时，用公开的量表，一题一题自己答。"),
    ),
    Refused(
        key="keystrokes",
        icon="edit",
        title=_("不记怎么打字"),
        why=_("不记打字的快慢、停顿和删掉的话。没发出去的，就是没说。"),
        instead=_("只处理你按下“发送”的内容。"),
    ),
    Refused(
        key="cameras",
        icon="video",
        title=_("不接学校的摄像头"),
        why=_("不接教室和宿舍的监控，不看谁几点回来，不看上网记录。"),
        instead=_("学校默认只看到很多人合在一起的数字，看不到是谁。"),
    ),
    Refused(
        key="alarms",
        icon="bell",
        title=_("不自动告状"),
        why=_("程序发现的信号，不会直接发给家长或老师。有的家，告诉了反而更危险。"),
        instead=_("先由受过训练的人看一看，先问安不安全，再决定告诉谁。"),
    ),
    Refused(
        key="scores",
        icon="star",
        title=_("不给人打分排名"),
        why=_("不给学生排名，不按风险给人贴颜色，也不把标签写进档案。"),
        instead=_("结果用平常的话说，先给本人看。"),
    ),
    Refused(
        key="selling",
        icon="wallet",
        title=_("不卖数据，不做广告"),
        why=_("不卖，不换，不用来投广告。页面里没有别家的追踪代码。"),
        instead=_("收入来自服务本身，价钱写在页面上。"),
    ),
)
