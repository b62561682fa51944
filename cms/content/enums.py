"""The kinds, readers, skills and licences of what the library holds."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """What an item is; the text files of the library use the same words."""

    ARTICLE = "article", _("文章")
    GUIDE = "guide", _("图解指南")
    EXERCISE = "exercise", _("小练习")
    AUDIO = "audio", _("听一听")
    VIDEO = "video", _("看一看")
    COURSE = "course", _("短课程")
    CLASS_PACK = "class_pack", _("班会与课堂材料")
    ROLE_GUIDE = "role_guide", _("岗位指南")
    STORY = "story", _("故事")
    HELP = "help", _("求助指引")


class Audience(TextChoices):
    """Who is meant to read it."""

    CHILD = "child", _("小学生")
    TEEN = "teen", _("中学生")
    PARENT = "parent", _("家长")
    TEACHER = "teacher", _("老师")
    PRINCIPAL = "principal", _("校长")


class Skill(TextChoices):
    """The skills of dialectical behaviour training as schools teach them, and problem solving beside them."""

    MINDFULNESS = "mindfulness", _("留意当下")
    DISTRESS_TOLERANCE = "distress_tolerance", _("熬过难受")
    EMOTION_REGULATION = "emotion_regulation", _("照顾情绪")
    INTERPERSONAL = "interpersonal", _("和人相处")
    PROBLEM_SOLVING = "problem_solving", _("解决问题")


class Licence(TextChoices):
    """On what terms others may pass a text on."""

    CC_BY = "cc-by-4.0", _("署名（CC BY 4.0）")
    CC_BY_NC = "cc-by-nc-4.0", _("署名，非商业（CC BY-NC 4.0）")
    CC_BY_NC_SA = "cc-by-nc-sa-4.0", _("署名，非商业，以相同方式共享（CC BY-NC-SA 4.0）")
    ALL_RIGHTS = "all-rights", _("版权归作者，转载请先联系")


class LessonState(TextChoices):
    """How far somebody is with a lesson."""

    DONE = "done", pgettext_lazy("课", "学完了")
    KNOWN = "known", pgettext_lazy("课", "已经会了")


class Picture(TextChoices):
    """The drawings a collection may stand under."""

    BRIDGE = "bridge", _("桥")
    DESK = "desk", _("书桌")
    NIGHT = "night", _("夜晚")
    FRIENDS = "friends", _("朋友")
    FAMILY = "family", _("家")
    WEATHER = "weather", _("天气")
    CLASSROOM = "classroom", _("教室")
    SPROUT = "sprout", _("小苗")
