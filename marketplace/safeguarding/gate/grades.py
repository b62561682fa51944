"""How sensitive the fields of a screening are."""

from marketplace.core.grades import Grade, graded

graded(
    "gate.Screening",
    {
        Grade.L3: "kind level score signs outcome",
        Grade.L2: "id public_id source ref was_held model_version screened_at",
    },
)
