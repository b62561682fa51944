"""What people look for help with: the one list of needs, for services, things to read, the community and the safety desk."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Need(TextChoices):
    """The slugs and names of the catalogue's tree by need; a test holds both lists equal."""

    EXAMS = "exams", _("考试与学业压力")
    MOOD = "mood", _("情绪低落")
    FRIENDS = "friends", _("同伴关系")
    HOME = "home", _("亲子沟通")
    SLEEP = "sleep", _("睡眠")
    FOCUS = "focus", _("专注与拖延")
    FEELINGS = "feelings", _("情绪管理")
    SCREENS = "screens", _("手机与网络")
    NEW_PLACES = "new-places", _("新环境适应")
    SELF = "self", _("自我认识")
    SAFE_SCHOOL = "safe-school", _("校园里的委屈")
    FAREWELL = "farewell", _("失去与告别")
