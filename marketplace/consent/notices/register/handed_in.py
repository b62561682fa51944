"""What people and organisations hand in as files, and what organisations tell of themselves to work here."""

from django.utils.translation import gettext_lazy as _

from .activity import CONTRACT, Activity

HANDED_IN: tuple[Activity, ...] = (
    Activity(
        key="uploads",
        icon="clipboard",
        title=_("上传的文件"),
        what=_("文件的内容、名字、类型和大小，谁在什么时候上传的"),
        why=_("作为材料或证据，给有权看的人看"),
        who=_("上传的人，和这件事里有权看的人；每次打开都重新核对"),
        choices=_("上传以前可以遮住无关的内容；没有用上的文件 30 天后销毁"),
        basis=CONTRACT,
        measures=_("图片重新绘制，去掉拍摄地点等附带信息；带脚本的文件不收；内容加密保存，链接一刻钟后失效"),
        models=("uploads.StoredFile",),
        retention=("loose_uploads",),
        needs_assessment=True,
    ),
    Activity(
        key="onboarding",
        icon="building",
        title=_("机构入驻"),
        what=_("签署人的姓名、职务和手机号；提供服务的人员的学历、小时数、注册和督导；证照和证明；审核的问答和结果"),
        why=_("核实机构和人员，签合作协议"),
        who=_("提交的人，和当班的审核人员；两位审核人员都同意才开通"),
        choices=_("交给审核以前随时可以改、可以撤回；没有交的撤回后就删除"),
        basis=CONTRACT,
        measures=_("材料、问答和每个版本加密保存；审核人员每次查看都有记录；不收身份证号码"),
        models=(
            "onboarding.Application",
            "onboarding.ApplicationVersion",
            "onboarding.Person",
            "onboarding.Question",
            "onboarding.Agreement",
        ),
        retention=("onboarding_documents",),
        needs_assessment=True,
    ),
)
