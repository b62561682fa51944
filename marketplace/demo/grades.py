"""How sensitive the fields of the demo are."""

from marketplace.core.grades import Grade, graded

graded(
    "demo.LoadedData",
    {
        Grade.L2: "id fingerprint timetable_until activity_at loaded_at",
    },
)
