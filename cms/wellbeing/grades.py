"""How sensitive the fields of wellbeing are."""

from marketplace.core.grades import Grade, graded

# --- practices, games and the coping plan -------------------------------------------------------------
graded(
    "wellbeing.PracticeRun",
    {Grade.L4: "felt words", Grade.L3: "practice", Grade.L2: "id public_id owner started_at ended_at"},
)
graded(
    "wellbeing.CopingPlan",
    {Grade.L4: "sections", Grade.L2: "id public_id owner revision saved_at used_at"},
)
graded("wellbeing.EarlierPlan", {Grade.L4: "sections", Grade.L2: "id public_id plan revision saved_at"})
graded("wellbeing.GameDay", {Grade.L3: "played_on seconds", Grade.L2: "id public_id owner"})

# --- moods, diary and check-ins -----------------------------------------------------------------------
graded("wellbeing.MoodEntry", {Grade.L4: "weather words line", Grade.L2: "id public_id child felt_on felt_at"})
graded(
    "wellbeing.DiaryEntry", {Grade.L4: "text", Grade.L2: "id public_id child about_on revision written_at edited_at"}
)
graded("wellbeing.DiaryChoice", {Grade.L2: "id child is_read_along chosen_at"})
graded(
    "wellbeing.EntryShare",
    {Grade.L2: "id public_id child diary mood recipient purpose consent until shared_at opened_at withdrawn_at"},
)
graded(
    "wellbeing.CheckInPlan",
    {
        Grade.L3: "times days quiet_from quiet_until lessons_from midday_from midday_until lessons_until keeps_lessons",
        Grade.L2: "id public_id child next_at started_at stopped_at",
    },
)
graded(
    "wellbeing.CheckInPrompt",
    {Grade.L2: "id public_id plan due_at told_at snoozed_until snoozes ended_at mood"},
)
