"""The seven counsellors of 青禾心理."""

from .shapes import Person

PROVIDERS = (
    Person(
        key="zhou-lan",
        organisation="qinghe",
        name="周岚",
        name_en="Zhou Lan",
        title="青少年咨询师",
        credential="应用心理硕士，青少年咨询师（示例资质）",
        biography=(
            "周岚当过三年初中班主任，后来才去读了心理。她记得那些在考场外面一直搓手的孩子，所以总是先问：你现在最怕的那一分钟，是什么样子？"
            "她喜欢把大问题画成小格子，和初高中生一起一格一格试。谈话里常有白板、便利贴和热豆浆。"
        ),
        approaches=("认知行为", "正念练习"),
        languages=("普通话",),
        years=9,
        tone=1,
        needs=("exams", "focus", "feelings"),
        hours=(("0124", "16:30", "20:30"), ("5", "09:30", "18:30")),
        # The demo's tour books her on a weekend.
        fullness=20,
        takes_days_off=False,
    ),
    Person(
        key="he-jing-ming",
        organisation="qinghe",
        name="何景明",
        name_en="He Jingming",
        title="青少年咨询师",
        credential="体育教育与心理学双学位，青少年咨询师（示例资质）",
        biography=(
            "何景明以前是中学篮球教练，最会和不爱说话的男孩子打交道。他不急着问“为什么”，常常先投几个球、走一圈操场，话自然就来了。"
            "他擅长陪大家找到开始写作业的第一个动作，也会和游戏打得晚的孩子一起算一算时间账，不说教，不翻手机。"
        ),
        approaches=("动机式谈话", "行为练习"),
        languages=("普通话",),
        years=7,
        tone=4,
        needs=("focus", "screens", "exams"),
        hours=(("135", "17:00", "21:00"), ("6", "09:00", "17:00")),
        fullness=30,
    ),
    Person(
        key="su-wan-qing",
        organisation="qinghe",
        name="苏晚晴",
        name_en="Su Wanqing",
        title="资深咨询师",
        credential="临床与咨询心理学硕士（示例资质）",
        biography=(
            "苏晚晴说话很慢，留白很多。她相信每个人都有自己的故事，难过只是其中一章。来见她的多半是提不起劲、夜里偷偷哭的孩子，"
            "她会陪着把那些说不出口的部分写成信、画成图，也会清楚地告诉你和家里人，什么时候需要去医院看看。"
        ),
        approaches=("叙事", "情绪聚焦"),
        languages=("普通话",),
        years=14,
        tone=2,
        needs=("mood", "farewell", "self"),
        hours=(("024", "14:00", "20:00"), ("5", "13:00", "19:00")),
        fullness=65,
    ),
    Person(
        key="luo-jia-yi",
        organisation="qinghe",
        name="罗嘉怡",
        name_en="Luo Jiayi",
        title="儿童青少年咨询师",
        credential="社会工作硕士，儿童青少年咨询师（示例资质）",
        biography=(
            "罗嘉怡在南方长大，普通话和粤语都能谈。她最关心教室里那些小小的关系：谁和谁不说话了，谁总是一个人吃饭。"
            "她会用小人偶把那天的场面摆出来，一起试三种不同的说法。很多孩子第二次来的时候，会主动告诉她昨天试了哪一种。"
        ),
        approaches=("人际练习", "角色扮演"),
        languages=("普通话", "粤语"),
        years=6,
        tone=5,
        needs=("friends", "safe-school", "new-places"),
        hours=(("1234", "15:30", "20:00"), ("6", "10:00", "16:00")),
        fullness=25,
    ),
    Person(
        key="fang-ze",
        organisation="qinghe",
        name="方泽",
        name_en="Fang Ze",
        title="咨询师",
        credential="心理学硕士，睡眠行为方向（示例资质）",
        biography=(
            "方泽自己高三时失眠过大半年，后来干脆把睡眠当成了专业。他的工作像修一只走不准的钟：先记两周作息，再只动一根指针。"
            "他不劝人早睡，先和你一起看看白天发生了什么。家长常说他像物理老师，孩子们觉得他像隔壁宿舍的学长。"
        ),
        approaches=("睡眠行为调整", "接纳承诺"),
        languages=("普通话",),
        years=8,
        tone=6,
        needs=("sleep", "exams", "feelings"),
        hours=(("024", "18:00", "21:30"), ("56", "14:00", "20:00")),
        fullness=40,
    ),
    Person(
        key="li-ruo-chu",
        organisation="qinghe",
        name="李若初",
        name_en="Li Ruochu",
        title="儿童游戏咨询师",
        credential="学前教育与儿童发展硕士（示例资质）",
        biography=(
            "李若初的房间里没有桌子，只有沙盘、积木和一整面墙的小玩具。六到十一岁的孩子不一定会说“我难受”，但会让小恐龙躲进山洞。"
            "她坐在地毯上跟着孩子玩，再用家长听得懂的话，说说山洞里可能是什么，回家可以怎么做。"
        ),
        approaches=("游戏陪伴", "沙盘游戏"),
        languages=("普通话",),
        years=11,
        tone=3,
        needs=("feelings", "friends", "new-places"),
        hours=(("13", "15:00", "19:00"), ("56", "09:00", "12:00"), ("5", "13:30", "17:30")),
        modes=("in_person",),
        fullness=50,
    ),
    Person(
        key="tang-xi-wen",
        organisation="qinghe",
        name="唐希文",
        name_en="Vivian Tang",
        title="双语咨询师",
        credential="教育心理学硕士，双语咨询（示例资质）",
        biography=(
            "唐希文小学毕业那年跟着父母搬到另一个国家，一句课都听不懂，后来又一个人搬了回来。她用中文和英文谈话，中间换来换去也没关系。"
            "转学、回国、准备出去读书，或者家里说着两种语言的孩子，常在她这里第一次把两边的自己放在一起说。"
        ),
        approaches=("跨文化咨询", "焦点解决"),
        languages=("普通话", "英语"),
        years=10,
        tone=4,
        needs=("new-places", "self", "mood"),
        hours=(("123", "10:00", "13:00"), ("35", "17:00", "21:00")),
        fullness=20,
    ),
)
