"""The five family counsellors of 纸船家庭工作室."""

from .shapes import Person

PROVIDERS = (
    Person(
        key="xu-huai-an",
        organisation="paper-boat",
        name="许怀安",
        name_en="Xu Huai'an",
        title="家庭咨询师",
        credential="家庭社会工作硕士，家庭会谈督导（示例资质）",
        biography=(
            "许怀安做家庭会谈做了十五年，见过一家人在圆桌边从不看对方，到抢着给彼此递纸巾。他不当裁判，只负责让每个人都说完一整句话。"
            "如果谈到一半吵起来，他会说：好，我们停一分钟，听听刚才那句话后面，藏着什么担心。"
        ),
        approaches=("系统家庭", "循环提问"),
        languages=("普通话",),
        years=15,
        tone=1,
        needs=("home", "feelings", "screens"),
        hours=(("25", "13:00", "21:00"), ("6", "09:00", "18:00")),
        modes=("in_person", "video"),
        fullness=60,
    ),
    Person(
        key="meng-qiu",
        organisation="paper-boat",
        name="孟秋",
        name_en="Meng Qiu",
        title="父母咨询师",
        credential="发展心理学硕士（示例资质）",
        biography=(
            "孟秋有一个正上初二的女儿，她说这是她最难的一门课。她专门和爸爸妈妈谈话：昨晚那句话说重了怎么办，"
            "孩子关门了还敲不敲，担心的时候怎么不变成唠叨。她会给很小的作业，比如今天只问一个不关于学习的问题。"
        ),
        approaches=("父母教练", "非暴力沟通"),
        languages=("普通话",),
        years=12,
        tone=5,
        needs=("home", "exams", "feelings"),
        hours=(("0134", "09:30", "12:00"), ("0134", "19:00", "21:30")),
        modes=("in_person", "phone", "video"),
        fullness=35,
    ),
    Person(
        key="yan-bei",
        organisation="paper-boat",
        name="颜北",
        name_en="Yan Bei",
        title="亲子咨询师",
        credential="社会工作学士，亲子关系方向（示例资质）",
        biography=(
            "颜北原来是程序员，加班最凶的那年，儿子只肯跟他聊游戏。于是他先学会了那款游戏，再学会了怎么聊别的。"
            "他擅长和爸爸们一起工作，也擅长把“不许玩手机”换成一张全家都签了字、过两周还能再改的约定。"
        ),
        approaches=("亲子协商", "焦点解决"),
        languages=("普通话",),
        years=6,
        tone=4,
        needs=("screens", "home", "focus"),
        hours=(("24", "18:30", "21:30"), ("56", "10:00", "18:00")),
        fullness=25,
    ),
    Person(
        key="qiao-ke-ren",
        organisation="paper-boat",
        name="乔可人",
        name_en="Qiao Keren",
        title="艺术表达带领者",
        credential="美术教育硕士，表达性艺术方向（示例资质）",
        biography=(
            "乔可人的围裙上总有颜料。她常说，画得像不像一点也不重要，手在动的时候，心里那团东西会自己找颜色。"
            "爱发脾气的、什么都说“没事”的孩子，在她这里可以撕纸、泼水彩、捏一只很丑的怪兽，再给怪兽起个名字，和它商量商量。"
        ),
        approaches=("艺术表达", "情绪命名"),
        languages=("普通话",),
        years=8,
        tone=3,
        needs=("feelings", "mood", "self"),
        hours=(("34", "15:30", "19:30"), ("56", "09:30", "17:30")),
        modes=("in_person",),
        fullness=45,
    ),
    Person(
        key="jiang-shu-yue",
        organisation="paper-boat",
        name="江舒月",
        name_en="Jiang Shuyue",
        title="咨询师",
        credential="心理学硕士，哀伤陪伴方向（示例资质）",
        biography=(
            "江舒月在医院的安宁病房做过四年志愿者。她知道大人常怕跟孩子提起离开的人，孩子也就学会了不问。"
            "在她这里可以问任何问题，也可以什么都不说，只是一起翻相册、折一只纸船。四川话和普通话她都讲，想哭想笑都不用躲。"
        ),
        approaches=("哀伤陪伴", "叙事"),
        languages=("普通话", "四川话"),
        years=9,
        tone=2,
        needs=("farewell", "mood", "home"),
        hours=(("14", "14:00", "19:00"), ("6", "13:00", "18:00")),
        fullness=20,
    ),
)
