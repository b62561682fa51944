"""How sensitive the fields of schools' lists are."""

from marketplace.core.grades import Grade, graded

graded(
    "schools.SchoolList",
    {
        Grade.L4: "content",
        Grade.L2: "id public_id partner kind state row_count uploaded_by uploaded_at applied_at ended_at",
    },
)
