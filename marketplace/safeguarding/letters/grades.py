"""How sensitive the fields of letters are."""

from marketplace.core.grades import Grade, graded

graded(
    "letters.LetterThread",
    {
        Grade.L4: "signed_as",
        Grade.L3: "writer_kind band is_urgent",
        Grade.L2: """
            id public_id writer child office status handler is_drill opened_at last_letter_at answer_by closed_at
        """,
    },
)
graded(
    "letters.Letter",
    {Grade.L4: "text", Grade.L2: "id public_id thread is_answer answered_by sent_at answer_by answered_at opened_at"},
)
graded("letters.ThreadEvent", {Grade.L4: "text", Grade.L2: "id public_id thread kind by at"})
graded("letters.ReminderSent", {Grade.L2: "id letter hours told_at"})
