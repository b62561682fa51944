"""What schools bring, and what goes to hospitals."""

from django.utils.translation import gettext_lazy as _

from .activity import CONSENT, CONTRACT, NOBODY_ELSE, Activity

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
    Activity(
        key="referrals",
        icon="home-care",
        title=_("转介到医院"),
        what=_("转介信、医院的回复，各在什么时候"),
        why=_("需要医院看的时候，不用从头再讲一遍"),
        who=_("写信的咨询师，和家庭同意的那一家医院的医生"),
        choices=_("不同意就不会有信；同意以后随时可以收回，医院马上看不到"),
        basis=CONSENT,
        measures=_("加密保存；每次打开都问一遍家庭还同不同意，并记下来；消息里没有名字"),
        models=("hospitals.ReferralLetter",),
        retention=("referral_letters",),
        needs_assessment=True,
    ),
)
