"""Lists of a made-up school: staff with what they do, classes with seat numbers and no names."""

SCHOOL = "linjiang-school"

STAFF = (
    ("示例·江老师", "心理老师", "", ""),
    ("示例·顾老师", "班主任", "初一", "1班"),
    ("示例·孟老师", "班主任", "初一", "2班"),
    ("示例·白老师", "班主任", "初二", "1班"),
    ("示例·方老师", "德育主任", "", ""),
)
#: Year, class, how many seats.
CLASSES = (("初一", "1班", 42), ("初一", "2班", 40), ("初二", "1班", 44))
