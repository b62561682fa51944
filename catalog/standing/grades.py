"""How sensitive the fields are: licences hang on the wall, who checked them is our own business."""

from marketplace.core.grades import Grade, graded

graded(
    "standing.Licence",
    {
        Grade.L1: "public_id partner kind number issued_by valid_from_on valid_until_on checked_at withdrawn_at",
        Grade.L2: "id checked_by warned_days",
    },
)
