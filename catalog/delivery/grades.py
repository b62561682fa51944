"""How sensitive the fields of deliveries are: the code opens a hand-over, so it is sealed."""

from marketplace.core.grades import Grade, graded

graded("delivery.DeliveryOffer", {Grade.L1: "id partner is_open languages"})
graded(
    "delivery.DeliveryTask",
    {
        Grade.L4: "code",
        Grade.L2: """
            id public_id shipment community asked_by language visit_on day_part worker state wrong_tries explained missed
            asked_at planned_at ended_at
        """,
    },
)
