"""How sensitive the fields of disputes are."""

from marketplace.core.grades import Grade, graded

graded(
    "mediation.Case",
    {
        Grade.L4: "words appeal_words",
        Grade.L3: "topic",
        Grade.L2: """
            id public_id line opened_by state opened_at answer_by answered_at decide_by decided_at appeal_by appealed_at
            appealed_as mediate_by closed_at
        """,
    },
)
graded("mediation.Evidence", {Grade.L4: "words", Grade.L2: "id public_id case given_as given_by file given_at"})
graded(
    "mediation.Ruling",
    {
        Grade.L4: "reasons",
        Grade.L2: """
            id public_id case level state cause responsible refund_fen reference made_by made_at confirmed_by
            confirmed_at refund
        """,
    },
)
