"""Seven things that come in a parcel; what is electronic says which data it collects."""

from .shapes import Goods

ORGANISATION = "little-lamp"

GOODS = (
    Goods(
        key="lamp-companion",
        organisation=ORGANISATION,
        title="小桥陪伴灯（会聊天的小夜灯）",
        price_fen=39_900,
        shelves=("companions",),
        needs=("sleep", "feelings"),
        ages=(6, 12),
        illustration="toy-lamp",
        summary="一盏桥形的小夜灯，睡前可以和它说说今天。适合 6–12 岁，需家长一起设置。",
        description=(
            "拍一拍就亮，说一句“小桥，晚安”会放慢呼吸灯。它会讲小故事、陪着数呼吸，也会在听到要紧的话时请孩子去找大人，"
            "并提示求助电话。它是机器，不是人，第一次开机就会这样告诉孩子。晚上九点半以后只做夜灯，不再聊天。"
        ),
        steps=(
            ("和家长一起开机", "家长用手机扫码，设好时间和可聊的内容。"),
            ("拍一拍", "拍一下亮，拍两下开始聊天。"),
            ("说晚安", "灯光跟着呼吸慢慢变暗。"),
            ("随时清空", "底部按钮长按五秒，删除全部记录。"),
        ),
        stock=40,
        data_collected=(
            "收集：按下聊天键以后的语音（在灯内转成文字后立即丢弃声音）、聊天文字、使用时段。\n"
            "存在哪里：聊天文字加密保存在灯内，最多保留 30 天；家长可选择不保存。不录像，没有定位。\n"
            "发给谁：默认不上传；发现安全风险时，只在灯上提示孩子找大人，并按家长的设置发送一条不含内容的提醒。\n"
            "怎么删除：底部按钮长按五秒，或在家长页面点“清空”，立即删除。\n"
            "不用于广告，也不用于训练模型。"
        ),
    ),
    Goods(
        key="whale-companion",
        organisation=ORGANISATION,
        title="听听小鲸（会回应的毛绒伙伴）",
        price_fen=45_900,
        shelves=("companions",),
        needs=("mood", "friends", "feelings"),
        ages=(8, 14),
        illustration="toy-whale",
        summary="抱紧它，它会用很慢的心跳和一两句话回应你。适合 8–14 岁。",
        description=(
            "小鲸只会说两百句话，都由编辑写好、家长可以逐句查看，不会自己编。抱紧时会有心跳一样的轻轻震动，"
            "松开就停。每天最多聊二十分钟，时间到了会说“去找个人抱抱吧”。外套可拆下机洗。"
        ),
        steps=(
            ("充电一晚", "充满可以用五天。"),
            ("抱一抱", "抱紧三秒，心跳会响起来。"),
            ("说一句", "按住左鳍说话，松开听它回应。"),
            ("该休息了", "二十分钟后它会提醒你去找人玩。"),
        ),
        stock=25,
        data_collected=(
            "收集：抱紧的次数和时长、每天聊天的分钟数、按住左鳍时的语音（只在玩具内识别，识别后立即丢弃）。\n"
            "存在哪里：次数和时长保存在玩具内 14 天，不联网也能用。不录像，没有定位，不保存声音。\n"
            "发给谁：不上传。家长用数据线连接时，可以查看和导出。\n"
            "怎么删除：按住双鳍十秒，恢复出厂设置。\n"
            "不用于广告，也不用于训练模型。"
        ),
    ),
    Goods(
        key="breathing-pebble",
        organisation=ORGANISATION,
        title="呼吸小石（会慢慢起伏的石头）",
        price_fen=16_800,
        shelves=("companions", "calm-goods"),
        needs=("exams", "feelings", "sleep"),
        ages=(6, 18),
        illustration="pebble",
        summary="握在手里，跟着它的起伏呼吸。没有屏幕，不联网。",
        description=(
            "一块鹅卵石大小的软胶小石，捏一下开始，随着四拍吸、六拍呼轻轻胀起和落下，三分钟自己停。"
            "放进笔袋刚好，考场外、公交上、睡觉前都可以用。"
        ),
        steps=(
            ("捏一下", "它会开始慢慢起伏。"),
            ("跟着呼吸", "胀起来吸气，落下去呼气。"),
            ("三分钟就停", "不用看时间，它会自己停下。"),
        ),
        stock=80,
        data_collected="不收集任何数据：没有麦克风、摄像头、存储和联网功能，只有一个小马达和一节可充电电池。",
    ),
    Goods(
        key="quiet-blanket",
        organisation=ORGANISATION,
        title="安静毯（3.5 公斤重力毯）",
        price_fen=29_800,
        shelves=("calm-goods",),
        needs=("sleep", "feelings"),
        ages=(10, 18),
        illustration="blanket",
        summary="像被轻轻抱住的重量，看书、午睡时盖一盖。",
        description=(
            "玻璃微珠分格缝制，不会滑到一边，棉布外套可机洗。请选择不超过体重十分之一的重量；"
            "10 岁以下、有呼吸或心脏问题的孩子请不要使用，也不要盖住头。"
        ),
        steps=(
            ("先称一称", "毯子不超过体重的十分之一。"),
            ("从膝盖开始", "先盖腿五分钟，舒服再往上。"),
            ("随时能掀开", "要自己能轻松掀开才合适。"),
        ),
        stock=18,
    ),
    Goods(
        key="weather-cards",
        organisation=ORGANISATION,
        title="情绪天气卡（48 张）",
        price_fen=6_800,
        shelves=("calm-goods",),
        needs=("feelings", "home", "friends"),
        ages=(6, 14),
        illustration="cards",
        summary="说不出口的时候，抽一张给你看。",
        description=(
            "四十八种心里的天气：毛毛雨、台风眼、雾里的早晨……背面是一个小问题和一件小事。"
            "可以一个人抽，也可以一家人晚饭后各抽一张，不用解释，说一句就好。"
        ),
        steps=(
            ("抽一张", "像今天的那一张，或者随便一张。"),
            ("说一句", "它像在哪里？说一句就够。"),
            ("翻过来", "看看背面的小事，今天做不做都行。"),
        ),
        stock=120,
    ),
    Goods(
        key="small-ways-journal",
        organisation=ORGANISATION,
        title="《一百个小办法》手账书",
        price_fen=5_800,
        shelves=("calm-goods",),
        needs=("exams", "self", "mood"),
        ages=(11, 18),
        illustration="journal",
        summary="一百页，一页一个小办法，做完撕下来也可以。",
        description=(
            "考前十分钟做什么、睡不着写什么、吵完架怎么开口。每页只有一件小事和一大块空白，"
            "不用按顺序，不用坚持，翻到哪页就从哪页开始。再生纸，墨色印刷。"
        ),
        steps=(
            ("随便翻开", "翻到哪页算哪页。"),
            ("做一半也行", "写、画、撕，都可以。"),
            ("合上", "想起来再翻，不打卡。"),
        ),
        stock=60,
    ),
    Goods(
        key="clay-box",
        organisation=ORGANISATION,
        title="慢慢捏陶泥盒（工坊手作，限量）",
        price_fen=12_800,
        shelves=("calm-goods",),
        needs=("feelings", "focus"),
        ages=(7, 18),
        illustration="clay",
        summary="一公斤免烧陶泥、三件木工具和一张没有成品图的说明。",
        description=(
            "叶老师亲手分装，自然风干，不用烧。说明书上没有成品图，因为没有标准答案。"
            "泥用完了可以寄空盒回来补一份，只收泥钱。工坊每月只做几盒，卖完等下个月。"
        ),
        steps=(
            ("揉五十下", "边揉边数，揉软再说。"),
            ("捏到一半停停", "放下手看一看，要不要推倒重来。"),
            ("晾三天", "放在窗台背阴处，慢慢干。"),
        ),
        stock=1,
    ),
)
