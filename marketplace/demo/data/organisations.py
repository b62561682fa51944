"""Six invented organisations in an invented city."""

from .shapes import Organisation, Place

LICENSE = "示例资质，仅供演示；未对应任何真实登记。"

ORGANISATIONS = (
    Organisation(
        key="qinghe",
        name="青禾心理",
        name_en="Qinghe Counselling",
        organisation_type="clinic",
        district="湖滨区",
        introduction=(
            "青禾在湖边一栋老房子的二楼，专门为孩子和青少年开着灯。七位咨询师各有所长，但做事的方式一样：先听，再商量，"
            "每一步都让孩子知道为什么。放学后和周末是我们最忙的时候，候谈室里有热水、漫画和一只不怕人的猫。"
        ),
        license_note=LICENSE,
        places=(
            Place(
                "qinghe-lake",
                "青禾心理·湖滨室",
                "示例市湖滨区柳岸路 18 号 2 楼",
                "湖滨区",
                "地铁 2 号线柳岸站 C 口出，沿湖走三分钟，看到绿色木门上楼。",
            ),
            Place(
                "qinghe-south",
                "青禾心理·南门室",
                "示例市南门区书院街 6 号院 3 单元 101",
                "南门区",
                "书院街小学斜对面，院子里第一栋。",
            ),
        ),
    ),
    Organisation(
        key="paper-boat",
        name="纸船家庭工作室",
        name_en="Paper Boat Family Studio",
        organisation_type="clinic",
        district="南门区",
        introduction=(
            "纸船只做一件事：陪一家人把话说下去。五位咨询师都做过多年的家庭会谈，也都当过被孩子关在门外的大人。"
            "我们的房间里没有上座，大家围着一张圆桌，谁都可以喊停。"
        ),
        license_note=LICENSE,
        places=(
            Place(
                "paper-boat-table",
                "纸船工作室",
                "示例市南门区槐树巷 9 号",
                "南门区",
                "公交槐树巷站下车，门口有一条木头小船。",
            ),
        ),
    ),
    Organisation(
        key="children-hospital",
        name="示例市儿童医院",
        name_en="Demo City Children's Hospital",
        organisation_type="hospital",
        district="新城区",
        introduction=(
            "示例市儿童医院心理科为 6 至 18 岁的孩子看门诊，医生、护士和心理治疗师在一起工作。需要进一步检查或治疗的，"
            "当天就能商量下一步；更适合咨询或学校支持的，我们会把路指清楚，不让家长带着孩子来回跑。"
        ),
        license_note=LICENSE,
        places=(
            Place(
                "hospital-clinic",
                "儿童医院心理科门诊",
                "示例市新城区向阳路 200 号门诊楼 5 层",
                "新城区",
                "门诊楼东侧电梯上 5 层，右手边的浅蓝色走廊。",
            ),
        ),
    ),
    Organisation(
        key="linjiang-school",
        name="临江中学心理中心",
        name_en="Linjiang School Wellbeing Centre",
        organisation_type="school",
        district="临江区",
        introduction=(
            "临江中学的心理中心放学后和周末向全市学生开放。三位心理老师每天都和学生在一起，知道月考排名贴出来那天走廊里是什么气氛。"
            "谈话内容不进档案、不告诉班主任；只有关系到安全的事，才会和你一起告诉大人。"
        ),
        license_note=LICENSE,
        places=(
            Place(
                "linjiang-room",
                "临江中学心理中心",
                "示例市临江区江堤路 33 号（西侧小门）",
                "临江区",
                "不走正门，从操场西侧的小门进，门铃上画着一只海鸥。",
            ),
        ),
    ),
    Organisation(
        key="wangshan-community",
        name="望山社区心理服务站",
        name_en="Wangshan Community Station",
        organisation_type="community",
        district="望山区",
        introduction=(
            "服务站在社区食堂楼上，买菜路过就能进来坐坐。我们为附近的孩子、父母和带孙辈的老人提供低费用的谈话，"
            "也有会手语的老师。说不清要谈什么也没关系，可以先从最近睡得好不好聊起。"
        ),
        license_note=LICENSE,
        places=(
            Place(
                "wangshan-upstairs",
                "望山社区心理服务站",
                "示例市望山区山脚路 5 号社区中心 2 楼",
                "望山区",
                "社区食堂旁边的楼梯上楼，有电梯和无障碍坡道。",
            ),
        ),
    ),
    Organisation(
        key="little-lamp",
        name="小灯工坊",
        name_en="Little Lamp Workshop",
        organisation_type="maker",
        district="湖滨区",
        introduction=(
            "小灯工坊做孩子用得上的安心小东西：会发光的灯、会听话的鲸鱼、能盖着睡觉的毯子，还有写得明明白白的说明书。"
            "带电子功能的产品都列出收集哪些数据、存在哪里、怎么删除。工坊里有两位老师，带大家动手和放松。"
        ),
        license_note=LICENSE,
        places=(
            Place(
                "little-lamp-studio",
                "小灯工坊",
                "示例市湖滨区灯市口 12 号一层",
                "湖滨区",
                "灯市口桥头，橱窗里亮着一盏小桥形状的灯。",
            ),
        ),
    ),
)
