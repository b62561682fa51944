"""What readers, moderators, schools and reporters are told when bad news is about. After WHO's resource for media
professionals (2023): no way, no place, no single cause, no glory; help beside every line, and stories of getting through."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.content.models import Item
from cms.content.selectors.library import published_items

#: What the banner leads to, best first: how to get through a loss, how to stand by a friend, where to call.
TO_READ = (
    "worried-about-a-friend",
    "help-what-12356-is",
    "when-a-friend-is-sad",
    "come-back-to-the-room",
    "how-to-tell-mum-and-dad",
)
FOR_SCHOOLS = "teacher-after-a-loss-in-school"

#: The rule list for moderators while a hold runs.
FOR_MODERATORS: tuple[Promise, ...] = (
    _("不放：怎么做、在哪里、什么时候、看到的样子、照片、遗言。"),
    _("不放：名字、班级、学校、家里的事；还没有核实的消息也不放。"),
    _("不放：“解脱了”“勇敢”“去陪 TA”这样的话；请作者换成自己的感受。"),
    _("不放：说一个原因、怪一个人。原因从来不止一个，也不该在这里猜。"),
    _("放：难过、害怕、生气、麻木、睡不着、想 TA。先盖住也可以。"),
    _("放：怎么撑过来的，谁陪了我，打了哪个电话。放在前面。"),
    _("说“我也不想活了”“想跟 TA 一起”的，马上转给安全值守。"),
    _("认识 TA 的人、上次就让人担心的人，先看。"),
    _("两个人一起看更好；看一个小时，歇一歇。"),
)

FOR_MEDIA: tuple[Promise, ...] = (
    _("不写方式、地点和遗言的内容，不放现场和当事人的照片。"),
    _("标题不用“自杀”做惊叹，不写“成功”“失败”，不说“唯一的出路”。"),
    _("不把原因归到一件事、一个人或一次考试上。"),
    _("不写成英雄，也不写成耻辱；未成年人一律不能被认出来。"),
    _("不连续报道，不放在首页最上面，不引用社交平台上的议论。"),
    _("每一篇都写上求助电话，写一写难过是会过去的、可以怎样找人帮忙。"),
    _("采访亲友前先想：TA 现在能不能承受？一周之内最好不要去。"),
)

FOR_SCHOOLS_AND_CLASSES: tuple[Promise, ...] = (
    _("先核实，先问家属愿意怎么说；各班用同样的话，当面说，不在大群里说。"),
    _("告诉学生：难过可以，没什么感觉也可以；哪里有老师，什么时候都能去坐坐。"),
    _("请大家不猜、不传、不转发；看到让人担心的话，拿给老师看。"),
    _("不办大型集会，不设长期的悼念墙；空座位和同学们商量着收。"),
    _("先看好友、同桌、同宿舍、最后联系的人，和之前就让人担心的人。"),
    _("值守排到晚自习和周末；把求助电话放在看得见的地方。"),
    _("一个月、一百天、一周年前，再留心一次。也照顾老师自己。"),
)


def to_read() -> list[Item]:
    """Return the published items the banner leads to, in their order."""
    found = {item.slug: item for item in published_items().filter(slug__in=TO_READ)}
    return [found[slug] for slug in TO_READ if slug in found]


def for_schools() -> Item | None:
    """Return the guide for principals, where it is published."""
    return published_items().filter(slug=FOR_SCHOOLS).first()
