"""Visits at the children's hospital, and talks at the school, the community station and the workshop: fourteen products."""

from .shapes import Session

TALK = ("counselling", "one-to-one")
VISIT = ("counselling", "hospital-visit")
BRING = ("带上这些", "孩子的身份证件，以前的检查单和病历；没有也可以先来。")

HOSPITAL = (
    Session(
        key="hospital-first-visit",
        organisation="children-hospital",
        title="儿童医院心理科 · 初诊（任一位医生）",
        price_fen=12_000,
        shelves=VISIT,
        needs=("mood", "feelings", "sleep", "focus"),
        ages=(6, 18),
        illustration="hospital",
        summary="第一次来医院看心理科，由当天有空的医生接诊，并说清下一步。",
        description=(
            "适合还不确定看哪个门诊的家庭。医生会先听家长讲、再单独听孩子讲，必要时做简单的检查。"
            "结束时会说明是否需要诊断或治疗，还是更适合咨询与学校支持，并写一张去向单。"
        ),
        steps=(
            BRING,
            ("护士台登记", "提前十五分钟到五层护士台，领一张回形针号牌。"),
            ("分开谈", "孩子和家长各有单独的时间。"),
            ("说清下一步", "需要检查、治疗或转介，当天讲明白。"),
        ),
        people=("chen-yi-ming", "wu-xue-zhen", "gao-lang"),
        place="hospital-clinic",
        minutes=30,
        buffer_minutes=0,
        modes=("in_person",),
    ),
    Session(
        key="chen-yi-ming-visit",
        organisation="children-hospital",
        title="陈一鸣 · 情绪门诊",
        price_fen=12_000,
        shelves=VISIT,
        needs=("mood", "feelings", "exams"),
        ages=(8, 18),
        illustration="stethoscope",
        summary="评估、诊断与治疗方案，和咨询师一起跟进。",
        description=(
            "适合情绪持续低落、害怕出门、影响到吃饭睡觉或上学的孩子。陈医生会用十分钟单独和孩子谈，"
            "再请家长进来，把评估结果、可选的治疗方案和复诊时间讲清楚。正在做咨询的，可以带上咨询师的联系方式。"
        ),
        steps=(
            BRING,
            ("孩子先谈", "十分钟，只有医生和孩子。"),
            ("一起听结果", "医生讲评估和方案，可以当场提问。"),
            ("约好复诊", "多久来一次、什么情况提前来，写在单子上。"),
        ),
        people=("chen-yi-ming",),
        place="hospital-clinic",
        minutes=30,
        buffer_minutes=0,
        modes=("in_person",),
    ),
    Session(
        key="wu-xue-zhen-visit",
        organisation="children-hospital",
        title="吴雪珍 · 儿童睡眠门诊",
        price_fen=18_000,
        shelves=VISIT,
        needs=("sleep",),
        ages=(6, 18),
        illustration="moon",
        summary="先排查身体的原因，再改作息，最后才谈用不用药。",
        description=(
            "打鼾、夜醒、睡不着、白天犯困，都可以来看。吴医生会看鼻咽、生长曲线和作息，必要时安排检查。"
            "需要治疗时会把利弊讲透；多数家庭先带走一张手写作息卡，两周后再来。"
        ),
        steps=(
            ("记一周作息", "睡、醒、午觉、夜里醒几次，大概就好。"),
            BRING,
            ("查身体", "看喉咙、鼻子和生长曲线。"),
            ("作息卡", "医生手写一张，贴在冰箱上。"),
        ),
        people=("wu-xue-zhen",),
        place="hospital-clinic",
        minutes=30,
        buffer_minutes=0,
        modes=("in_person",),
    ),
    Session(
        key="gao-lang-visit",
        organisation="children-hospital",
        title="高朗 · 专注与行为门诊",
        price_fen=16_000,
        shelves=VISIT,
        needs=("focus", "feelings"),
        ages=(6, 15),
        illustration="compass",
        summary="听孩子、家长和老师三边的说法，再决定要不要做评估。",
        description=(
            "坐不住、丢三落四、容易发脾气，可能只是年龄的样子，也可能需要帮助。高医生会先问在家和在学校的具体情况，"
            "需要时安排评估；确诊需要治疗的，会和家长、老师一起定三个看得见的目标。"
        ),
        steps=(
            ("请老师写几句", "用我们的单子，五分钟就能写完。"),
            BRING,
            ("看孩子怎么做", "几个小游戏，边玩边看。"),
            ("三边一起定", "在家、在校、在医院各做什么。"),
        ),
        people=("gao-lang",),
        place="hospital-clinic",
        minutes=40,
        buffer_minutes=5,
        modes=("in_person",),
    ),
    Session(
        key="shen-yi-therapy",
        organisation="children-hospital",
        title="沈懿 · 个体心理治疗",
        price_fen=30_000,
        shelves=VISIT,
        needs=("mood", "feelings", "sleep"),
        ages=(8, 18),
        illustration="sprout",
        summary="由科内医生转介后的心理治疗，每四次做一次小结。",
        description=(
            "请先在心理科门诊看过医生。沈懿会按医生和家庭商量好的目标做心理治疗，每一步之前先说明会发生什么。"
            "每四次有一次家庭小结，决定继续、调整还是结束。"
        ),
        steps=(
            ("先看门诊", "由医生评估后转介。"),
            ("定目标", "孩子用自己的话说出想改变的事。"),
            ("每周一次", "五十分钟，练习加谈话。"),
            ("四次一小结", "和家人、医生一起看看走到哪里了。"),
        ),
        people=("shen-yi",),
        place="hospital-clinic",
        modes=("in_person",),
        free_cancel_hours=48,
    ),
)

SCHOOL = (
    Session(
        key="liu-zhi-xing-study",
        organisation="linjiang-school",
        title="柳知行 · 学习压力谈话",
        price_fen=12_000,
        shelves=TALK,
        needs=("exams", "focus"),
        ages=(12, 18),
        illustration="books-clock",
        summary="月考退步了？先把错题分成三堆，再说别的。",
        description=(
            "带上最近一张卷子来，分数那一角可以折起来。我们一起把错题分成粗心、没懂、没时间三堆，再把今晚切成两段。"
            "谈话不进档案，也不会告诉班主任。"
        ),
        steps=(
            ("带一张卷子", "哪一科都行，分数可以折起来。"),
            ("分三堆", "粗心的、没懂的、来不及的。"),
            ("切一切今晚", "哪一段写作业，哪一段归自己。"),
        ),
        people=("liu-zhi-xing",),
        place="linjiang-room",
        minutes=40,
        modes=("in_person", "phone"),
    ),
    Session(
        key="bai-lu-map",
        organisation="linjiang-school",
        title="白鹭 · 画一张自己的地图",
        price_fen=15_000,
        shelves=TALK,
        needs=("self", "exams", "new-places"),
        ages=(12, 18),
        illustration="compass",
        summary="不知道喜欢什么，也可以先标出不想去的地方。",
        description=(
            "选科、选学校、选专业之前，先看看自己。用一百张小卡片分一分、排一排，再画成一张地图：走过的、好奇的、暂时不想去的。"
            "地图由你保管，半年后可以再来改。"
        ),
        steps=(
            ("翻卡片", "一百张里先挑出有感觉的二十张。"),
            ("排一排", "喜欢、擅长、在乎，分别放在哪里？"),
            ("画地图", "把它们连起来，标出好奇的方向。"),
            ("走一小步", "这个月去了解其中一个地方。"),
        ),
        people=("bai-lu",),
        place="linjiang-room",
        minutes=45,
        modes=("in_person", "phone", "video"),
    ),
    Session(
        key="ding-yi-fan-school",
        organisation="linjiang-school",
        title="丁一帆 · 校园里的事，一起想办法",
        price_fen=14_000,
        shelves=TALK,
        needs=("safe-school", "friends"),
        ages=(10, 18),
        illustration="umbrella",
        summary="被起外号、被孤立、群里有人说坏话，不是你的错。",
        description=(
            "可以说给他听，也可以先写下来给他看。然后一起列单子：谁可以帮忙、怎样留下记录、先告诉哪一位大人。"
            "你不同意的事不会去做；只有关系到安全的事，会和你一起告诉家长。"
        ),
        steps=(
            ("说或者写", "从哪里开始都行，不用证明自己。"),
            ("列帮手", "至少找到两位站在你这边的人。"),
            ("留下记录", "教你怎么保存聊天和时间。"),
            ("定第一步", "先告诉谁、怎么说，一起练一遍。"),
        ),
        people=("ding-yi-fan",),
        place="linjiang-room",
        minutes=45,
        modes=("in_person", "phone", "text"),
        free_cancel_hours=4,
    ),
    Session(
        key="linjiang-transition",
        organisation="linjiang-school",
        title="临江中学 · 升学过渡谈话（任一位老师）",
        price_fen=12_000,
        shelves=("counselling", "first-talk"),
        needs=("new-places", "friends", "exams"),
        ages=(11, 16),
        illustration="mountain-path",
        summary="刚上初一或高一，还没找到食堂的座位？聊三十分钟。",
        description=(
            "开学头两个月，很多人都在假装适应了。三位心理老师轮流接待，聊聊新班级、新老师和住校的晚上，"
            "再一起找到一个能说上话的人和一个能喘口气的地方。"
        ),
        steps=(
            ("说说新学校", "一样喜欢的，一样不习惯的。"),
            ("找一个人", "同桌、学姐、宿管阿姨都算。"),
            ("找一个地方", "操场、图书馆，或者心理中心的沙发。"),
        ),
        people=("liu-zhi-xing", "bai-lu", "ding-yi-fan"),
        place="linjiang-room",
        minutes=30,
        modes=("in_person", "phone"),
    ),
)

COMMUNITY = (
    Session(
        key="zhao-chun-mei-grandparents",
        organisation="wangshan-community",
        title="赵春梅 · 带孙辈的爷爷奶奶谈谈心",
        price_fen=12_000,
        shelves=("counselling", "family-talk"),
        needs=("home", "screens"),
        ages=(6, 14),
        illustration="home-tea",
        summary="宠了怕管不住，管了怕伤和气。说本地话也可以。",
        description=(
            "给正在带孩子的祖辈，也欢迎年轻父母一起来。赵老师会泡一壶茶，听您讲讲孩子一天是怎么过的，"
            "再帮着把作业、零食、手机分给该管的人。不会用智能手机也没关系，社区可以代约。"
        ),
        steps=(
            ("坐下喝杯茶", "先讲讲孩子一天怎么过。"),
            ("分一分谁管什么", "画一张表，三代人各管几样。"),
            ("想好怎么说", "怎么和孩子爸妈开口，练一遍。"),
        ),
        people=("zhao-chun-mei",),
        place="wangshan-upstairs",
        minutes=45,
        modes=("in_person", "phone"),
    ),
    Session(
        key="ma-xiao-yu-sign",
        organisation="wangshan-community",
        title="马晓宇 · 手语咨询",
        price_fen=20_000,
        shelves=TALK,
        needs=("home", "friends", "self"),
        ages=(6, 18),
        illustration="hands",
        summary="直接用手语谈，不用别人在中间翻译。",
        description=(
            "给听障的孩子和青少年，也给听障父母家里听得见的孩子。六十分钟，房间明亮、没有背光。"
            "可以用手语、写字、画画，快慢由你决定。家人需要时，马晓宇可以帮忙把话传清楚。"
        ),
        steps=(
            ("选坐的位置", "哪里看得最清楚，就坐哪里。"),
            ("用你的方式说", "手语、写字、画画都可以。"),
            ("确认一遍", "咨询师会用手语复述，听错了请打断。"),
            ("说好下一步", "要不要请家人进来，由你决定。"),
        ),
        people=("ma-xiao-yu",),
        place="wangshan-upstairs",
        minutes=60,
        modes=("in_person", "video"),
    ),
    Session(
        key="kang-ning-company",
        organisation="wangshan-community",
        title="康宁 · 把白天过好一点",
        price_fen=18_000,
        shelves=TALK,
        needs=("mood", "new-places", "screens"),
        ages=(11, 18),
        illustration="sprout",
        summary="暂时不想去学校的日子，也可以有早饭、有太阳、有人说话。",
        description=(
            "不劝你明天就回教室。先看看一天二十四小时怎么过的，把早饭、出门、和人说话这三件小事慢慢放回去。"
            "需要时康宁会和学校沟通，说什么、不说什么，先问过你。"
        ),
        steps=(
            ("画一天的圆", "把二十四小时画成一个圆，看看颜色。"),
            ("放回一件小事", "从早饭或晒太阳开始。"),
            ("找一个盼头", "这周有什么可以期待的？"),
            ("和学校说什么", "你同意的才说。"),
        ),
        people=("kang-ning",),
        place="wangshan-upstairs",
        modes=("in_person", "phone", "text"),
        free_cancel_hours=12,
        needs_confirmation=True,
    ),
)

WORKSHOP = (
    Session(
        key="ye-zhi-qiu-clay",
        organisation="little-lamp",
        title="叶知秋 · 一对一陶泥时间",
        price_fen=24_000,
        shelves=("relaxation",),
        needs=("feelings", "self"),
        ages=(7, 18),
        illustration="clay",
        summary="把手放进泥里，一小时不用说话也可以。",
        description=(
            "不是上课，没有作品要求。叶老师会教怎么把泥揉软、怎么在转盘上找到中心，塌了就重来。"
            "做好的小东西烧两周，可以来取，也可以和别的包裹一起寄。请穿耐脏的衣服。"
        ),
        steps=(
            ("揉泥", "揉到手心发热，肩膀会先松下来。"),
            ("找中心", "手放稳，让泥自己转。"),
            ("做一样小东西", "杯子、小船，或者什么都不像。"),
        ),
        people=("ye-zhi-qiu",),
        place="little-lamp-studio",
        minutes=60,
        buffer_minutes=30,
        modes=("in_person",),
    ),
    Session(
        key="pan-xiao-man-rest",
        organisation="little-lamp",
        title="潘小满 · 一对一身体放松",
        price_fen=16_000,
        shelves=("relaxation",),
        needs=("sleep", "feelings", "exams"),
        ages=(9, 18),
        illustration="cloud",
        summary="穿着校服来就行，四十分钟，从脚底松到肩膀。",
        description=(
            "先找到今天最用力的三个地方，再跟着呼吸一处一处松开。不做高难动作，也不碰触身体。"
            "最后十分钟安静躺着，睡着了也没关系，时间到了会轻轻叫醒你。"
        ),
        steps=(
            ("找三个地方", "今天哪里最紧？用贴纸标在小人图上。"),
            ("跟着呼吸", "吸气时留意，呼气时松开。"),
            ("躺十分钟", "灯光调暗，可以听海浪声。"),
        ),
        people=("pan-xiao-man",),
        place="little-lamp-studio",
        minutes=40,
        modes=("in_person", "phone"),
        free_cancel_hours=6,
    ),
)

SESSIONS = HOSPITAL + SCHOOL + COMMUNITY + WORKSHOP
