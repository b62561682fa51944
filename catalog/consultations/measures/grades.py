"""How sensitive the fields of measures are."""

from marketplace.core.grades import Grade, graded

graded("measures.Goal", {Grade.L4: "text", Grade.L2: "id public_id child set_at ended_at"})
graded(
    "measures.Measurement",
    {Grade.L4: "answers", Grade.L3: "instrument", Grade.L2: "id public_id child booking goal answered_at"},
)
graded("measures.Invitation", {Grade.L2: "id booking asked_at declined_at"})
