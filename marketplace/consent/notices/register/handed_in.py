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
)
