"""How sensitive the fields of what was delivered are."""

from marketplace.core.grades import Grade, graded

graded(
    "fulfilment.Entitlement",
    {
        Grade.L2: "id public_id user child product order_line opened_at ended_at",
    },
)
graded(
    "fulfilment.LessonProgress",
    {
        Grade.L2: "id entitlement lesson finished_at",
    },
)
graded(
    "fulfilment.Shipment",
    {
        Grade.L3: "carrier tracking_number",
        Grade.L2: "id public_id order partner lines status created_at shipped_at delivered_at",
    },
)
