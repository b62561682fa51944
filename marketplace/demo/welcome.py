"""What a newcomer is told when the demo has started."""

from django.conf import settings

from .data.people import PASSWORD, PEOPLE


def welcome_text() -> str:
    """Where it runs, who can sign in, and what to try: Chinese first, English below."""
    base = settings.PUBLIC_BASE_URL
    people = "\n".join(f"  {person.sign_in}  {person.nickname}：{person.what}" for person in PEOPLE)
    people_en = "\n".join(f"  {person.sign_in}  {person.what_en}" for person in PEOPLE)
    return f"""
心桥已经启动：{base}/

示例用户（密码都是 {PASSWORD}；也可以用短信验证码登录，验证码看 {base}/dev/outbox/；工作人员的两步验证码也在那里）
{people}

可以试试
  1. 用林女士登录，打开“找服务”，按“考试与学业压力”“本周末”筛选，约一次周岚，在模拟收银台付款。
  2. 在收银台选“放弃”或“稍后付”，看看保留的时间到点后怎样放开。
  3. 买一门“三分钟呼吸”，付款后马上在“我的”里打开；再买一盒情绪天气卡，看看包裹的状态。
  4. 用周岚登录，看今天的预约；用温店长登录，改一改价格和时间。
  5. 在订单里提一个问题，再用平台小雨登录回复。
  6. 有一场视频咨询现在就能进：用两个浏览器，一个登录小禾（xiaohe），一个登录周岚，各自从预约里进入咨询室。
所有人物、机构和资质都是示例。按 Ctrl-C 全部停下。

Xinqiao is running: {base}/

Demo people (the password is always {PASSWORD}; or sign in by SMS code, which {base}/dev/outbox/ shows,
as it shows the second-step codes of whoever works here)
{people_en}

Things to try
  1. Sign in as the parent, filter for exams and this weekend, book Zhou Lan and pay at the simulated cashier.
  2. Abandon the payment or pay late, and see the held time come free again.
  3. Buy the breathing course: it opens at once under 我的 (Me). Buy a box of cards and follow the parcel.
  4. Sign in as the counsellor to see her day, as the manager to change prices and hours.
  5. Ask about an order, then answer as our staff.
  6. A session by video is open now: with two browsers, sign in as the teenager (xiaohe) and as the counsellor, and enter from
     the booking on either side.
Every person, organisation and credential is invented. Ctrl-C stops everything.
"""
