"""How sensitive the fields of plans are: that there is one says what somebody needs."""

from marketplace.core.grades import Grade, graded

graded(
    "plans.CarePlan",
    {
        Grade.L4: "title about closing",
        Grade.L3: "status pathway",
        Grade.L2: """
            id public_id child provider review_on review_told_on begun_at started_at changed_at ended_at
        """,
    },
)
graded("plans.PlanGoal", {Grade.L4: "text", Grade.L3: "status", Grade.L2: "id public_id plan order"})
graded(
    "plans.PlanStep",
    {
        Grade.L4: "text",
        Grade.L3: "status service needed_by unmet_at",
        Grade.L2: "id public_id plan order review_on provider asked_at offered_at first_free_at waitlist_entry",
    },
)
graded("plans.StepBooking", {Grade.L2: "id step booking made_at"})
graded("plans.PlanVersion", {Grade.L4: "content", Grade.L2: "id public_id plan number change changed_by changed_at"})
