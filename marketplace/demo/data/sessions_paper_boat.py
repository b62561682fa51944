"""Conversations at 纸船家庭工作室: eight products."""

from .shapes import Session

ORGANISATION, PLACE = "paper-boat", "paper-boat-table"
FAMILY, TALK = ("counselling", "family-talk"), ("counselling", "one-to-one")
IN_ROOM = ("in_person", "video")

SESSIONS = (
    Session(
        key="xu-huai-an-family",
        organisation=ORGANISATION,
        title="许怀安 · 家庭会谈 80 分钟",
        price_fen=68_000,
        shelves=FAMILY,
        needs=("home", "feelings", "screens"),
        ages=(8, 18),
        illustration="family-table",
        summary="一家人围着圆桌，每个人都把一整句话说完。",
        description=(
            "请住在一起的家人尽量都来，祖辈也欢迎。许怀安不评谁对谁错，只管节奏：轮流说，听的人先复述再回答。"
            "吵起来可以停一分钟。结束前，全家一起定一件下周要试的小事。"
        ),
        steps=(
            ("商量谁来", "能来几位来几位，到店时告诉我们称呼就好。"),
            ("轮流说", "每人三分钟，别人先听，再说一遍听到了什么。"),
            ("看看循环", "一起画出那场总在重复的争吵。"),
            ("定一件小事", "全家都点头才算数，写在纸船上带回家。"),
        ),
        people=("xu-huai-an",),
        place=PLACE,
        minutes=80,
        modes=IN_ROOM,
        free_cancel_hours=48,
    ),
    Session(
        key="meng-qiu-parents",
        organisation=ORGANISATION,
        title="孟秋 · 父母咨询",
        price_fen=36_000,
        shelves=FAMILY,
        needs=("home", "exams", "feelings"),
        ages=(6, 18),
        illustration="talk",
        summary="昨晚那句话说重了怎么办？大人也需要有人聊聊。",
        description=(
            "给爸爸、妈妈或其他照顾孩子的人。可以从最近一次争执讲起，孟秋会帮你慢动作回放：哪一刻火起来的、孩子可能听成了什么、"
            "下一次可以停在哪里。每次只带走一个小作业。"
        ),
        steps=(
            ("选上午或晚上", "上班前、孩子睡后，都有时间。"),
            ("慢动作回放", "挑最近的一次，一句一句看。"),
            ("换一个说法", "练两遍，直到说得顺口。"),
            ("带走一个小作业", "小到今天就能做。"),
        ),
        people=("meng-qiu",),
        place=PLACE,
        modes=("in_person", "phone", "video"),
    ),
    Session(
        key="yan-bei-two",
        organisation=ORGANISATION,
        title="颜北 · 两个人的会谈（爸爸和孩子）",
        price_fen=42_000,
        shelves=FAMILY,
        needs=("home", "screens", "focus"),
        ages=(8, 17),
        illustration="parent-child",
        summary="除了“作业写完没”，还可以聊点什么？",
        description=(
            "六十分钟，爸爸和孩子一起来。先合作完成一个小任务，再看看刚才谁在出主意、谁在等。"
            "很多爸爸第一次发现，孩子愿意教自己一样东西。妈妈或其他家人也可以报名。"
        ),
        steps=(
            ("一起做件小事", "搭一座纸桥，只许用十张纸。"),
            ("倒回去看看", "刚才谁先说话，谁在等？"),
            ("互相问三个问题", "题目由我们准备，不问成绩。"),
            ("约一段固定时间", "每周半小时，只属于你们两个人。"),
        ),
        people=("yan-bei",),
        place=PLACE,
        minutes=60,
        modes=("in_person",),
    ),
    Session(
        key="yan-bei-screens",
        organisation=ORGANISATION,
        title="颜北 · 手机约定会谈",
        price_fen=38_000,
        shelves=FAMILY,
        needs=("screens", "home"),
        ages=(9, 17),
        illustration="phone-basket",
        summary="把“不许玩”换成一张全家都签字、两周后还能改的约定。",
        description=(
            "孩子和至少一位家长一起来。先听孩子讲那款游戏好在哪里，再听家长讲担心什么，最后三方起草一张约定：什么时候用、"
            "用多久、超了怎么办、大人自己怎么做。约定写着修改日期。"
        ),
        steps=(
            ("孩子先讲", "讲讲在玩什么、和谁玩、最喜欢哪一点。"),
            ("家长再讲", "只讲担心，不讲道理。"),
            ("起草约定", "每一条都要两边点头。"),
            ("两周后再看", "到时可以电话改一版。"),
        ),
        people=("yan-bei",),
        place=PLACE,
        minutes=60,
        modes=("in_person", "phone"),
    ),
    Session(
        key="qiao-ke-ren-art",
        organisation=ORGANISATION,
        title="乔可人 · 艺术表达时间（青少年）",
        price_fen=40_000,
        shelves=TALK,
        needs=("feelings", "mood", "self"),
        ages=(12, 18),
        illustration="brush",
        summary="说不出来的，可以撕、可以泼、可以捏。",
        description=(
            "不教画画，也不看画得好不好。六十分钟里选一种材料，让手先动起来，再看看纸上出现了什么。"
            "作品可以带走、留下，或者撕掉。不会拿给家长看，除非你愿意。"
        ),
        steps=(
            ("选一种材料", "水彩、旧杂志、黏土，或者只用手指。"),
            ("让手先动", "二十分钟不说话也可以。"),
            ("看看它像什么", "给它起个名字，听听它想说什么。"),
            ("决定它的去处", "带走、留下或撕掉，都由你决定。"),
        ),
        people=("qiao-ke-ren",),
        place=PLACE,
        minutes=60,
        modes=("in_person",),
    ),
    Session(
        key="qiao-ke-ren-monsters",
        organisation=ORGANISATION,
        title="乔可人 · 情绪小怪兽（6–11 岁）",
        price_fen=32_000,
        shelves=TALK,
        needs=("feelings", "friends"),
        ages=(6, 11),
        illustration="monster",
        summary="把生气捏成一只小怪兽，给它起名字，再和它商量。",
        description=(
            "适合爱发脾气或者什么都说“没事”的孩子。先猜一猜今天肚子里住着谁，再把它捏出来：有几只眼睛、怕什么、吃什么。"
            "最后十分钟请家长进来，由孩子介绍他的怪兽。"
        ),
        steps=(
            ("猜猜谁来了", "看十张表情卡，挑最像今天的一张。"),
            ("捏出来", "用黏土捏一只只属于自己的怪兽。"),
            ("和它商量", "它什么时候出来？想让它多大？"),
            ("介绍给家里人", "孩子当讲解员，大人只提问。"),
        ),
        people=("qiao-ke-ren",),
        place=PLACE,
        minutes=45,
        buffer_minutes=15,
        modes=("in_person",),
    ),
    Session(
        key="jiang-shu-yue-farewell",
        organisation=ORGANISATION,
        title="江舒月 · 好好告别",
        price_fen=36_000,
        shelves=TALK,
        needs=("farewell", "mood"),
        ages=(8, 18),
        illustration="paper-boat",
        summary="亲人、朋友或者小狗离开了，可以在这里问任何问题。",
        description=(
            "有的孩子一直哭，有的孩子像没事一样，都是在用自己的办法想念。江舒月会陪着翻相册、讲故事、折一只纸船，"
            "把想说的话写在里面。家长可以单独约一次，谈谈怎么回答孩子的问题。"
        ),
        steps=(
            ("带一样东西来", "照片、项圈、一首歌，没有也可以。"),
            ("讲一个关于他的故事", "好笑的也算。"),
            ("写一句话", "写在纸上，折成船。"),
            ("想念的日子怎么过", "一起想好生日和节日那天做什么。"),
        ),
        people=("jiang-shu-yue",),
        place=PLACE,
        modes=("in_person", "phone", "video"),
    ),
    Session(
        key="paper-boat-first",
        organisation=ORGANISATION,
        title="纸船 · 首次家庭面谈（任一位）",
        price_fen=26_000,
        shelves=("counselling", "first-talk"),
        needs=("home", "feelings", "screens", "farewell"),
        ages=(6, 18),
        illustration="bridge",
        summary="四十五分钟，先让每个人都说一句来这里的原因。",
        description=(
            "由当时有空的家庭咨询师接待，来一位家长或一家人都可以。我们会问三个问题：现在家里最累的是谁，"
            "最想先改变的是什么，以前什么办法有一点用。然后告诉你们适合怎样谈、和谁谈。"
        ),
        steps=(
            ("说说谁来", "一位家长也可以，孩子不来也可以。"),
            ("每人一句", "为什么来，每个人说一句。"),
            ("三个问题", "谁最累、先改什么、什么有过用。"),
            ("商量怎么谈", "几个人、多久一次、先谈几次。"),
        ),
        people=("xu-huai-an", "meng-qiu", "yan-bei", "jiang-shu-yue"),
        place=PLACE,
        minutes=45,
        buffer_minutes=15,
        modes=IN_ROOM,
    ),
)
