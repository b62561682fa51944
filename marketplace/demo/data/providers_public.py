"""The doctors of the children's hospital, the teachers of the school and the people of the community station."""

from .shapes import Person

HOSPITAL = (
    Person(
        key="chen-yi-ming",
        organisation="children-hospital",
        name="陈一鸣",
        name_en="Chen Yiming",
        title="心理科主治医师",
        credential="儿童精神科主治医师（示例资质）",
        biography=(
            "陈一鸣看门诊九年，桌上永远摆着一盒彩色回形针，给说话时手没处放的孩子。他会用十分钟只和孩子谈，"
            "再请家长进来，把评估、诊断和治疗方案一条条讲清楚，哪些今天定、哪些可以回去想。需要咨询师一起跟进的，他会写好转介说明。"
        ),
        approaches=("临床评估", "医教协作"),
        languages=("普通话",),
        years=9,
        tone=2,
        needs=("mood", "feelings", "exams"),
        hours=(("0134", "08:30", "11:30"), ("01", "14:00", "17:00"), ("6", "08:30", "11:30")),
        modes=("in_person",),
        fullness=70,
    ),
    Person(
        key="wu-xue-zhen",
        organisation="children-hospital",
        name="吴雪珍",
        name_en="Wu Xuezhen",
        title="心理科副主任医师",
        credential="儿童保健与睡眠方向副主任医师（示例资质）",
        biography=(
            "吴雪珍在儿童医院工作了二十二年，常常笑着说自己是“管睡觉的奶奶”。她先排查身体的原因，再看作息、灯光和心事，"
            "能不用药就先不用，需要治疗也会把利弊说透。她给每个孩子一张手写的作息卡，下次来带上，一起改。"
        ),
        approaches=("睡眠门诊", "作息调整"),
        languages=("普通话",),
        years=22,
        tone=6,
        needs=("sleep", "feelings"),
        hours=(("024", "08:00", "11:30"), ("2", "14:00", "16:30")),
        modes=("in_person",),
        fullness=80,
    ),
    Person(
        key="gao-lang",
        organisation="children-hospital",
        name="高朗",
        name_en="Gao Lang",
        title="心理科医师",
        credential="儿童发育行为方向医师（示例资质）",
        biography=(
            "高朗个子很高，看诊的时候总是蹲下来。他负责专注与行为门诊，会同时听孩子、家长和老师三边的说法，"
            "也会坦白地说哪些是年龄本来就有的样子。需要治疗的孩子，他把目标写成孩子看得懂的三句话，贴在病历本的封面上。"
        ),
        approaches=("发育行为评估", "家校沟通"),
        languages=("普通话", "英语"),
        years=5,
        tone=4,
        needs=("focus", "feelings"),
        hours=(("134", "13:30", "17:00"), ("5", "08:30", "12:00")),
        modes=("in_person",),
        fullness=55,
    ),
    Person(
        key="shen-yi",
        organisation="children-hospital",
        name="沈懿",
        name_en="Shen Yi",
        title="心理治疗师",
        credential="医院心理治疗师（示例资质）",
        biography=(
            "沈懿做过六年儿科护士，扎针时会先给玩具熊扎一次。后来她转做心理治疗，还是同一个习惯：任何一步之前，"
            "先让孩子知道会发生什么。她和科里的医生一起工作，每四次谈话做一次小结，和家里人商量接下来怎么走。"
        ),
        approaches=("认知行为治疗", "放松训练"),
        languages=("普通话",),
        years=10,
        tone=5,
        needs=("mood", "feelings", "sleep"),
        hours=(("0123", "14:00", "18:30"),),
        modes=("in_person", "phone"),
        fullness=50,
    ),
)

SCHOOL = (
    Person(
        key="liu-zhi-xing",
        organisation="linjiang-school",
        name="柳知行",
        name_en="Liu Zhixing",
        title="学校心理老师",
        credential="中学心理健康教育教师（示例资质）",
        biography=(
            "柳知行在临江中学待了十一年，办公室的门一直虚掩着。他能背出每一届学生起的外号，也记得谁在考场上手抖过。"
            "他带大家做的事情很实在：把错题分成三堆，把晚上切成两段，考前那天中午去江边走二十分钟。"
        ),
        approaches=("学习辅导", "焦点解决"),
        languages=("普通话",),
        years=11,
        tone=1,
        needs=("exams", "focus", "new-places"),
        hours=(("01234", "16:30", "19:00"), ("5", "09:00", "11:30")),
        fullness=40,
    ),
    Person(
        key="bai-lu",
        organisation="linjiang-school",
        name="白鹭",
        name_en="Bai Lu",
        title="生涯与心理老师",
        credential="生涯规划与心理教师（示例资质）",
        biography=(
            "白鹭大学读的是建筑，毕业后拐了个弯来当老师，所以她不怕学生说“我不知道自己喜欢什么”。"
            "她手里有一百张职业小卡片，也会带你画一张只属于你的地图：已经走过的、好奇的、暂时不想去的，都可以标出来。"
        ),
        approaches=("生涯叙事", "优势探索"),
        languages=("普通话", "英语"),
        years=6,
        tone=3,
        needs=("self", "exams", "new-places"),
        hours=(("124", "16:30", "19:30"), ("6", "14:00", "17:00")),
        fullness=15,
    ),
    Person(
        key="ding-yi-fan",
        organisation="linjiang-school",
        name="丁一帆",
        name_en="Ding Yifan",
        title="学校心理老师",
        credential="心理学学士，同伴支持项目带领者（示例资质）",
        biography=(
            "丁一帆年纪最轻，带着三十多个学生做同伴支持小队。被起外号、被孤立、被人在群里说坏话，他都认真听，"
            "然后和你一起列一张单子：谁可以帮忙，怎样留下记录，先告诉哪一位大人。你不愿意的事，他不会背着你去做。"
        ),
        approaches=("同伴支持", "问题解决"),
        languages=("普通话",),
        years=4,
        tone=4,
        needs=("safe-school", "friends", "feelings"),
        hours=(("0234", "16:00", "19:00"), ("5", "13:30", "17:00")),
        fullness=20,
    ),
)

COMMUNITY = (
    Person(
        key="zhao-chun-mei",
        organisation="wangshan-community",
        name="赵春梅",
        name_en="Zhao Chunmei",
        title="社区家庭辅导员",
        credential="社区家庭辅导员（示例资质）",
        biography=(
            "赵春梅退休前是小学语文老师，自己也带大了两个孙子。爷爷奶奶们愿意跟她说心里话：宠了怕管不住，管了怕孩子爸妈不高兴。"
            "她会讲本地方言，也会帮着三代人坐下来，把谁管作业、谁管零食，一条一条分清楚。"
        ),
        approaches=("家庭辅导", "隔代沟通"),
        languages=("普通话", "方言"),
        years=8,
        tone=3,
        needs=("home", "screens"),
        hours=(("0123", "09:00", "11:30"), ("02", "14:30", "17:00")),
        modes=("in_person", "phone"),
        fullness=10,
    ),
    Person(
        key="ma-xiao-yu",
        organisation="wangshan-community",
        name="马晓宇",
        name_en="Ma Xiaoyu",
        title="手语咨询师",
        credential="特殊教育硕士，手语咨询（示例资质）",
        biography=(
            "马晓宇的爸爸妈妈听不见，手语是他的第一种语言。他和听障的孩子直接用手语谈话，不用别人在中间翻译；"
            "也和听得见的孩子聊聊，爸妈听不见的家里是什么样子。他的房间灯很亮，方便看清每一个手势和表情。"
        ),
        approaches=("手语会谈", "家庭支持"),
        languages=("手语", "普通话"),
        years=7,
        tone=1,
        needs=("home", "friends", "self"),
        hours=(("35", "14:00", "19:00"), ("6", "09:30", "12:00")),
        modes=("in_person", "video"),
        fullness=15,
    ),
    Person(
        key="kang-ning",
        organisation="wangshan-community",
        name="康宁",
        name_en="Kang Ning",
        title="青少年社工",
        credential="社会工作硕士，青少年社工（示例资质）",
        biography=(
            "康宁每天骑一辆旧自行车穿过望山的几条街，孩子们大多认识她。爸妈在外地打工的、暂时不去上学的，"
            "她都愿意一家一家去坐坐。她不急着让谁马上回到教室，先陪着把早饭吃好，把白天过得有点盼头。"
        ),
        approaches=("个案陪伴", "行为激活"),
        languages=("普通话",),
        years=9,
        tone=6,
        needs=("mood", "new-places", "screens"),
        hours=(("124", "07:00", "08:30"), ("124", "15:00", "20:00"), ("5", "09:00", "12:00")),
        modes=("in_person", "phone", "text"),
        fullness=30,
    ),
)

WORKSHOP = (
    Person(
        key="ye-zhi-qiu",
        organisation="little-lamp",
        name="叶知秋",
        name_en="Ye Zhiqiu",
        title="陶艺带领者",
        credential="陶艺教师，表达性手作带领者（示例资质）",
        biography=(
            "叶知秋烧了十三年的陶，见过太多人第一次拉坯就把泥拉塌了。她说塌了最好，正好练习重来。"
            "来她这里的孩子不用谈心事，只要把手放进泥里；有的人捏着捏着就说起来了，有的人安静了一下午，带走一只歪歪的杯子。"
        ),
        approaches=("手作陪伴", "正念练习"),
        languages=("普通话",),
        years=13,
        tone=6,
        needs=("feelings", "self", "mood"),
        hours=(("24", "15:00", "18:00"), ("56", "10:00", "17:00")),
        modes=("in_person",),
        fullness=25,
    ),
    Person(
        key="pan-xiao-man",
        organisation="little-lamp",
        name="潘小满",
        name_en="Pan Xiaoman",
        title="放松练习带领者",
        credential="瑜伽与放松练习带领者（示例资质）",
        biography=(
            "潘小满跳过十年舞，受伤以后才学会好好躺下来。她带大家认识自己的肩膀、肚子和脚底，找到身体里正在用力的地方，"
            "再一点一点松开。不需要柔软，也不用换衣服，穿着校服来就行。考试周里，她的垫子旁边常常睡着一两个人。"
        ),
        approaches=("呼吸练习", "身体放松"),
        languages=("普通话", "英语"),
        years=6,
        tone=5,
        needs=("sleep", "feelings", "exams"),
        hours=(("13", "17:30", "20:30"), ("56", "09:00", "13:00")),
        modes=("in_person", "phone"),
        fullness=15,
    ),
)

PROVIDERS = HOSPITAL + SCHOOL + COMMUNITY + WORKSHOP
