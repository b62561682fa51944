"""An association of the trade, the licences it finds in order, and the first standards. All invented."""

ASSOCIATION_CODE = "association"
ASSOCIATION_NAME = "示例市青少年心理服务协会"
ASSOCIATION_NAME_EN = "Demo City Youth Counselling Association"
#: Keys of organisations, what kind of licence each has, and how many days from today it still counts.
LICENCES = (
    ("qinghe", "business", 400),
    ("paper-boat", "business", 25),
    ("children-hospital", "medical", 700),
)
ASSESSED = "qinghe"
REMARKS = "示例：房间安静，孩子知道什么会被保密、什么不会。"
TRAINING = "遇到危险时怎么说、找谁"
STANDARDS = (
    "一、谁可以来：证照齐全、在有效期内；每位咨询师的学历、受训小时和注册信息核对过，并有固定的督导。\n"
    "二、怎么说：不夸大，不保证结果，不说只有医疗机构才能说的话；超出能力的，及时介绍去医院。\n"
    "三、怎么收费：先说清楚再收；机构取消，总是全额退款。\n"
    "四、出了问题：有人管，有期限，有答复。"
)
SAY = "示例：同意。建议下一版写明督导每月不少于一次。"
