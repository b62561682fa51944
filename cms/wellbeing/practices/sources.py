"""The publications the skills were adapted from. The texts themselves are our own."""

from .kinds import Source

DOING_WHAT_MATTERS = Source(
    "Doing What Matters in Times of Stress: An Illustrated Guide", "World Health Organization", 2020
)
SKILLS_FOR_ADOLESCENTS = Source(
    "Rathus, J. H. & Miller, A. L.: DBT Skills Manual for Adolescents", "Guilford Press", 2015
)
SKILLS_TRAINING = Source("Linehan, M. M.: DBT Skills Training Manual, 2nd ed.", "Guilford Press", 2015)
FULL_CATASTROPHE = Source("Kabat-Zinn, J.: Full Catastrophe Living, rev. ed.", "Bantam", 2013)
MIND_OVER_MOOD = Source("Greenberger, D. & Padesky, C. A.: Mind Over Mood, 2nd ed.", "Guilford Press", 2015)
WORRY_WORKBOOK = Source(
    "Craske, M. G. & Barlow, D. H.: Mastery of Your Anxiety and Worry: Workbook, 2nd ed.",
    "Oxford University Press",
    2006,
)
COUNTING_BLESSINGS = Source(
    "Emmons, R. A. & McCullough, M. E.: Counting Blessings Versus Burdens",
    "Journal of Personality and Social Psychology 84(2)",
    2003,
)
RELAXATION_TRAINING = Source(
    "Bernstein, D. A. & Borkovec, T. D.: Progressive Relaxation Training", "Research Press", 1973
)
SLEEP_NOTICE = Source("关于进一步加强中小学生睡眠管理工作的通知", "教育部办公厅", 2021)
COPING_CAT = Source("Kendall, P. C. & Hedtke, K. A.: Coping Cat Workbook, 2nd ed.", "Workbook Publishing", 2006)
