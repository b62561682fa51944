"""Conversations at 青禾心理: twelve products."""

from .shapes import Session, Step

ORGANISATION, LAKE, SOUTH = "qinghe", "qinghe-lake", "qinghe-south"
TEEN, ANY_AGE = (12, 18), (6, 18)
TALK = ("counselling", "one-to-one")

FIRST: Step = ("选一个时间", "选好时间和方式，名额先为你保留，付款后就算约好了。")
ARRIVE: Step = ("到了以后", "提前五分钟到就好。家长可以在候谈室等，那里有热水和漫画。")
AFTERWARDS: Step = ("结束以后", "最后五分钟一起说说今天的收获，要不要再来由你们决定。")

SESSIONS = (
    Session(
        key="zhou-lan-talk",
        organisation=ORGANISATION,
        title="周岚 · 青少年个体咨询",
        price_fen=36_000,
        shelves=TALK,
        needs=("exams", "focus", "feelings"),
        ages=TEEN,
        illustration="two-chairs",
        summary="考前紧张、越急越学不进去？把最怕的那一分钟画成小格子，一格一格来。",
        description=(
            "适合初高中生。第一次会先聊聊最近哪一刻最难熬，再一起挑一件这周就能试的小事：也许是考前十分钟做什么，"
            "也许是晚上把作业分成两段。周岚不会追问排名，也不替任何人下结论。"
        ),
        steps=(
            FIRST,
            ("先说最难的一刻", "用白板画出那一刻：身体怎么了，脑子里说了什么，接着做了什么。"),
            ("挑一件小事试试", "只挑一件，小到今晚就能做，写在卡片上带走。"),
            AFTERWARDS,
        ),
        people=("zhou-lan",),
        place=LAKE,
    ),
    Session(
        key="zhou-lan-first",
        organisation=ORGANISATION,
        title="周岚 · 首次面谈",
        price_fen=18_000,
        shelves=("counselling", "first-talk"),
        needs=("exams", "focus"),
        ages=TEEN,
        illustration="bridge",
        summary="半小时，先认识一下，再决定要不要继续。",
        description=(
            "不确定咨询适不适合自己，就从这半小时开始。你可以只说三句话，也可以带一张写满的纸。"
            "周岚会介绍她怎么工作、哪些话会保密、哪些情况要告诉大人，然后一起商量下一步。"
        ),
        steps=(
            FIRST,
            ("互相认识", "说说为什么来，也可以问咨询师任何问题。"),
            ("商量下一步", "继续、换一位，或者暂时不需要，都可以。"),
        ),
        people=("zhou-lan",),
        place=LAKE,
        minutes=30,
    ),
    Session(
        key="he-jing-ming-talk",
        organisation=ORGANISATION,
        title="何景明 · 边走边谈",
        price_fen=32_000,
        shelves=TALK,
        needs=("focus", "screens", "exams"),
        ages=(11, 18),
        illustration="mountain-path",
        summary="不爱坐着说话？那就沿着湖边走一圈，话会自己出来。",
        description=(
            "给坐不住、不爱开口的孩子。前半段可以去湖边散步或投几个球，后半段回到房间，把路上说到的事理一理。"
            "下雨天改在室内，何景明会带上他的小白板。"
        ),
        steps=(
            FIRST,
            ("先动起来", "走一圈或投几个球，聊什么由你决定。"),
            ("理一理", "回到房间，把最想改变的一件事写下来。"),
            ("约定第一步", "约定这周的第一个动作，小到不好意思不做。"),
        ),
        people=("he-jing-ming",),
        place=LAKE,
        modes=("in_person",),
    ),
    Session(
        key="he-jing-ming-start",
        organisation=ORGANISATION,
        title="何景明 · 作业开始会谈",
        price_fen=20_000,
        shelves=TALK,
        needs=("focus", "exams"),
        ages=(9, 16),
        illustration="books-clock",
        summary="总拖到最后一刻？三十分钟，找到开始的第一个动作。",
        description=(
            "带上今晚的作业来。我们不讲道理，只看从坐下到动笔中间发生了什么，然后把开头变得容易一点。"
            "最后五分钟会请家长进来，说清楚这周怎么配合、什么话先别说。"
        ),
        steps=(
            ("带上今晚的作业", "就带最不想写的那一份。"),
            ("看看卡在哪里", "一起找出坐下和动笔之间的那几步。"),
            ("换一个开头", "试两种不同的开头，选一个舒服的带回家。"),
            ("请家长进来", "五分钟，说好这周怎么帮忙。"),
        ),
        people=("he-jing-ming",),
        place=LAKE,
        minutes=30,
        modes=("in_person", "phone", "video"),
        needs_confirmation=True,
    ),
    Session(
        key="su-wan-qing-talk",
        organisation=ORGANISATION,
        title="苏晚晴 · 慢慢说",
        price_fen=38_000,
        shelves=TALK,
        needs=("mood", "self", "farewell"),
        ages=TEEN,
        illustration="window-rain",
        summary="提不起劲、常常想哭的日子，有人陪你慢慢说。",
        description=(
            "五十分钟里没有必须回答的问题。可以说，可以写，也可以先安静一会儿。苏晚晴会陪你看看难过是什么时候来的、什么时候轻一点，"
            "也会在需要的时候，和你商量要不要请医院的医生一起看看。"
        ),
        steps=(
            FIRST,
            ("从今天说起", "不用从头讲，今天怎么样就从哪里说。"),
            ("把它写下来", "把说不出口的写成几行字，想给谁看由你定。"),
            ("想想谁在身边", "一起列出难受时可以找的三个人。"),
        ),
        people=("su-wan-qing",),
        place=LAKE,
        modes=("in_person", "phone", "video", "text"),
    ),
    Session(
        key="luo-jia-yi-talk",
        organisation=ORGANISATION,
        title="罗嘉怡 · 同伴关系咨询（普通话 / 粤语）",
        price_fen=34_000,
        shelves=TALK,
        needs=("friends", "safe-school", "new-places"),
        ages=(8, 16),
        illustration="circle-group",
        summary="和好朋友闹翻了、总是一个人吃饭，用小人偶摆一摆，再想想怎么说。",
        description=(
            "教室里的小事，其实都是大事。罗嘉怡会请你把那天的场面摆出来，谁站在哪里、谁先开口，然后一起试几种不同的说法。"
            "如果有人在伤害你，她会和你一起想好，先告诉哪一位大人。"
        ),
        steps=(
            FIRST,
            ("摆出那一天", "用小人偶摆出当时的样子，不用讲得很完整。"),
            ("试三种说法", "轮流扮演，看看哪一种说出来舒服。"),
            ("带一句话回去", "挑一句，写在手心大小的卡片上。"),
        ),
        people=("luo-jia-yi",),
        place=SOUTH,
    ),
    Session(
        key="fang-ze-sleep",
        organisation=ORGANISATION,
        title="方泽 · 睡眠与作息咨询",
        price_fen=36_000,
        shelves=TALK,
        needs=("sleep", "exams"),
        ages=TEEN,
        illustration="moon",
        summary="躺下就清醒？像修钟一样，先看走时，再只动一根指针。",
        description=(
            "来之前可以先记三天作息，忘了也没关系。我们会看看白天的光、咖啡和午觉，晚上的手机和心事，只选一样先改。"
            "如果像是身体的原因，方泽会建议先去医院看看。"
        ),
        steps=(
            ("记三天作息", "几点躺下、几点睡着、几点醒，大概就行。"),
            ("找到最松的一环", "一起看记录，找最容易改的一处。"),
            ("只改一样", "这两周只改一样，其余照旧。"),
            ("两周后再看", "带着新的记录来，看看钟走得怎么样。"),
        ),
        people=("fang-ze",),
        place=SOUTH,
    ),
    Session(
        key="li-ruo-chu-play",
        organisation=ORGANISATION,
        title="李若初 · 儿童游戏时间",
        price_fen=38_000,
        shelves=TALK,
        needs=("feelings", "friends", "new-places"),
        ages=(6, 11),
        illustration="sandbox",
        summary="小孩子用玩来说话。四十五分钟的沙盘、积木和小恐龙。",
        description=(
            "孩子不需要准备什么，穿耐脏的衣服就好。前三十五分钟孩子带着玩，李若初跟着；最后十分钟和家长单独说说看到了什么、"
            "回家可以怎么陪。第一次家长可以坐在门边。"
        ),
        steps=(
            FIRST,
            ("孩子挑玩具", "想玩什么、怎么玩，都由孩子决定。"),
            ("跟着玩", "咨询师不出题、不纠正，只跟随和描述。"),
            ("和家长说十分钟", "说说今天看到的，给一个在家的小建议。"),
        ),
        people=("li-ruo-chu",),
        place=SOUTH,
        minutes=45,
        buffer_minutes=15,
        modes=("in_person",),
    ),
    Session(
        key="tang-xi-wen-bilingual",
        organisation=ORGANISATION,
        title="唐希文 · 中英双语咨询",
        price_fen=46_000,
        shelves=TALK,
        needs=("new-places", "self", "mood"),
        ages=(10, 18),
        illustration="kite",
        summary="Two languages, one you. 转学、回国、准备出去，都可以用习惯的语言说。",
        description=(
            "中文、英文，或者一句里换两次，都可以。适合转学生、刚回国或正准备出去读书的孩子，也适合家里说着两种语言的家庭。"
            "可以选电话，时差不方便的家人也能一起加入。"
        ),
        steps=(
            FIRST,
            ("选你的语言", "哪种语言说得出来，就用哪种。"),
            ("两边的自己", "画两张小像：在这里的我，在那里的我。"),
            ("接下来的一个月", "挑一件想适应的事，排进日历。"),
        ),
        people=("tang-xi-wen",),
        place=LAKE,
    ),
    Session(
        key="qinghe-first",
        organisation=ORGANISATION,
        title="青禾心理 · 首次面谈（任一位咨询师）",
        price_fen=16_000,
        shelves=("counselling", "first-talk"),
        needs=("exams", "mood", "friends", "sleep", "feelings", "new-places"),
        ages=ANY_AGE,
        illustration="lantern",
        summary="还不知道该找谁？先约一个时间，由当时有空的咨询师接待。",
        description=(
            "七位咨询师轮流接待首次来访。三十分钟里先听你们说，再告诉你们谁更合适、大概需要多久、要花多少钱。"
            "如果更适合去医院、学校或社区，我们会直接说。"
        ),
        steps=(
            FIRST,
            ARRIVE,
            ("先听你们说", "孩子说、家长说，各有各的时间。"),
            ("给一个清楚的建议", "找谁、多久一次、什么时候可以停。"),
        ),
        people=("zhou-lan", "he-jing-ming", "su-wan-qing", "luo-jia-yi", "fang-ze", "li-ruo-chu", "tang-xi-wen"),
        place=LAKE,
        minutes=30,
    ),
    Session(
        key="qinghe-exam-call",
        organisation=ORGANISATION,
        title="考前二十五分钟 · 电话加油站（任一位）",
        price_fen=12_000,
        shelves=TALK,
        needs=("exams", "feelings"),
        ages=TEEN,
        illustration="umbrella",
        summary="明天就考试了，心慌。打个电话，一起把今晚过完。",
        description=(
            "不解决大问题，只照顾今晚：做三分钟呼吸，把明天早上的二十分钟排好，把最担心的那句话说出来。"
            "孩子自己接电话，家长不用在旁边。"
        ),
        steps=(
            ("找一个安静的角落", "到时间咨询师会打来，手机放在手边。"),
            ("一起呼吸三分钟", "跟着数，吸四拍，停一拍，呼六拍。"),
            ("排好明天早上", "从起床到进考场，只排二十分钟。"),
        ),
        people=("zhou-lan", "he-jing-ming", "fang-ze"),
        minutes=25,
        buffer_minutes=5,
        modes=("phone",),
        free_cancel_hours=4,
        late_windows=((1, 50, 0), (0, 0, 0)),
    ),
    Session(
        key="qinghe-parents",
        organisation=ORGANISATION,
        title="青禾心理 · 爸爸妈妈谈一谈（任一位）",
        price_fen=34_000,
        shelves=("counselling", "family-talk"),
        needs=("home", "feelings", "friends"),
        ages=ANY_AGE,
        illustration="family-table",
        summary="孩子还不愿意来，大人可以先来。",
        description=(
            "只请家长来。说说在家看到了什么、试过什么、最担心的是什么。我们会一起分清哪些要管、哪些可以等等，"
            "再想一句今晚就能对孩子说的话。孩子将来愿意来，可以换另一位咨询师。"
        ),
        steps=(
            FIRST,
            ("说说在家的样子", "不评对错，只说看到的和试过的。"),
            ("分三堆", "要管的、可以等的、其实是大人自己的。"),
            ("想好一句话", "把今晚想说的那句话练一遍。"),
        ),
        people=("su-wan-qing", "luo-jia-yi", "li-ruo-chu"),
        place=SOUTH,
        modes=("in_person", "phone", "video"),
    ),
)
