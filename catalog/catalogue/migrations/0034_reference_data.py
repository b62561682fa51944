"""What the product itself needs to know: one product class per kind, and the two category trees.

Slugs stand in addresses, so they are everyday words that say nothing about a person.
"""

from django.db import migrations
from django.utils.translation import gettext_noop as _

#: (slug, name, needs shipping and counted stock)
PRODUCT_CLASSES = [
    ("session", "个体咨询", False),
    ("group", "团体辅导", False),
    ("assessment", "测评", False),
    ("course", "课程与练习", False),
    ("goods", "实物", True),
    ("package", "次卡", False),
]

#: (axis, slug of the parent, slug, name, English name, icon, description); a parent stands before its children.
CATEGORIES = [
    ("need", "", "exams", "考试与学业压力", "Exams and schoolwork", "edit", _("考前紧张、成绩起伏、不想上学，先把压力说清楚，再一件一件来。")),
    ("need", "", "mood", "情绪低落", "Feeling low", "sun", _("提不起劲、常常想哭，或者什么都不想做的日子，可以有人陪着走一段。")),
    ("need", "", "friends", "同伴关系", "Friends and classmates", "people", _("交朋友、被冷落、吵架之后，学着说出想法，也听见别人。")),
    ("need", "", "home", "亲子沟通", "Parents and children", "home-care", _("一开口就吵，或者干脆不说话？从好好说一句话开始。")),
    ("need", "", "sleep", "睡眠", "Sleep", "moon", _("睡不着、醒得早、作息乱，先照顾好睡前的一小时。")),
    ("need", "", "focus", "专注与拖延", "Focus and putting things off", "clock", _("坐不住、总拖到最后一刻，找到适合自己的开始方式。")),
    ("need", "", "feelings", "情绪管理", "Handling strong feelings", "heart", _("生气、着急、害怕的时候，怎么让自己慢下来。")),
    ("need", "", "screens", "手机与网络", "Phones and the internet", "phone", _("放不下手机、为上网争吵，一家人商量出都能接受的办法。")),
    ("need", "", "new-places", "新环境适应", "Settling into a new place", "pin", _("转学、住校、升学、搬家，给自己一点适应的时间。")),
    ("need", "", "self", "自我认识", "Getting to know yourself", "person", _("我是谁、我喜欢什么、我够不够好，这些问题值得慢慢聊。")),
    ("need", "", "safe-school", "校园里的委屈", "Being hurt at school", "shield", _("被嘲笑、被孤立、被欺负，不是你的错，可以请大人一起想办法。")),
    ("need", "", "farewell", "失去与告别", "Loss and saying goodbye", "leaf", _("亲人、朋友或宠物离开以后，难过需要被好好安放。")),
    ("kind", "", "counselling", "心理咨询", "Counselling", "chat", _("和咨询师一对一谈话，或一家人一起谈。")),
    ("kind", "counselling", "first-talk", "首次面谈", "First talk", "hand", _("第一次来，先了解情况，再商量接下来怎么做。")),
    ("kind", "counselling", "one-to-one", "个体咨询", "One to one", "chat", _("固定的时间、固定的人，慢慢谈。")),
    ("kind", "counselling", "family-talk", "亲子与家庭会谈", "Family talks", "home-care", _("家里人一起坐下来，听听彼此。")),
    ("kind", "counselling", "hospital-visit", "儿童医院门诊", "Children's hospital visits", "building", _("由儿童医院的医生接诊。")),
    ("kind", "", "groups", "团体辅导", "Groups", "people", _("几个同龄人，一位带领者，一起练习。")),
    ("kind", "", "check-ups", "心理体检", "Check-ups", "clipboard", _("用问卷了解自己最近的状态，看得懂的报告。")),
    ("kind", "", "companions", "AI 陪伴玩具", "AI companion toys", "toy", _("写明适用年龄，写明收集哪些数据。")),
    ("kind", "", "courses", "课程", "Courses", "course", _("按自己的节奏学，每课十分钟左右。")),
    ("kind", "", "relaxation", "放松练习", "Relaxation", "breath", _("跟着做的小练习：呼吸、身体、睡前。")),
    ("kind", "", "calm-goods", "减压用品", "Calming things", "gift", _("书、卡片、毯子，放在手边的安心。")),
]

STEP = 4
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def path_after(path: str) -> str:
    """The next sibling's path, as treebeard counts (migrations have no treebeard methods)."""
    head, number = path[:-STEP], int(path[-STEP:], 36) + 1
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = ALPHABET[digit] + digits
    return head + digits.rjust(STEP, "0")


def add_category(Category, *, parent, **fields) -> None:
    depth = parent.depth + 1 if parent else 1
    stem = parent.path if parent else ""
    last = Category.objects.filter(path__startswith=stem, depth=depth).order_by("path").last()
    path = path_after(last.path if last else stem + "0" * STEP)
    Category.objects.create(path=path, depth=depth, numchild=0, **fields)
    if parent:
        parent.numchild += 1
        parent.save(update_fields=["numchild"])


def load(apps, schema_editor) -> None:
    ProductClass = apps.get_model("catalogue", "ProductClass")
    Category = apps.get_model("catalogue", "Category")
    for slug, name, counted in PRODUCT_CLASSES:
        ProductClass.objects.get_or_create(
            slug=slug, defaults={"name": name, "requires_shipping": counted, "track_stock": counted}
        )
    known = {category.slug: category for category in Category.objects.all()}
    for axis, parent_slug, slug, name, name_en, icon, description in CATEGORIES:
        if slug not in known:
            add_category(
                Category,
                parent=known.get(parent_slug),
                axis=axis,
                slug=slug,
                code=slug,  # two empty ones would collide when a form checks them
                name=name,
                name_en=name_en,
                icon=icon,
                description=description,
            )
            known[slug] = Category.objects.get(slug=slug)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0033_xinqiao")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
