"""How sensitive the fields of feedback are."""

from marketplace.core.grades import Grade, graded

graded(
    "feedback.Feedback",
    {
        Grade.L4: "words",
        Grade.L3: "rating helped sounds_urgent",
        Grade.L2: """
            id public_id booking product person given_by words_state given_at decided_at decided_by refusal
        """,
        Grade.L1: "shown_words",
    },
)
