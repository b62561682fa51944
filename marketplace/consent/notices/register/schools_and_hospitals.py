"""What schools bring, and what goes to hospitals."""

from django.utils.translation import gettext_lazy as _

from .activity import CONTRACT, NOBODY_ELSE, Activity

SCHOOLS_AND_HOSPITALS: tuple[Activity, ...] = (
    Activity(
        key="school_lists",
        icon="table",
        title=_("学校的名单"),
        what=_("教职工的姓名、岗位和所带的班；班级只有年级、班名和座号，没有学生姓名"),
        why=_("学校知道材料发给哪些班，由谁带"),
        who=NOBODY_ELSE,
        choices=_("学校可以随时换掉、撤回；名单里的人找学校更正"),
        basis=CONTRACT,
        measures=_("整份加密保存；多出来的列不收；换下的 30 天后删除"),
        models=("schools.SchoolList",),
        retention=("school_lists",),
    ),
)
