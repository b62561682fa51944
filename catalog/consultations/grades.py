"""How sensitive the fields of sessions are: that somebody was there says something, where they were much more."""

from marketplace.core.grades import Grade, graded

graded(
    "consultations.Encounter",
    {Grade.L3: "status", Grade.L2: "id public_id occupancy created_at started_at ended_at"},
)
graded(
    "consultations.Visit",
    {
        Grade.L3: "admitted_at declined_at",
        Grade.L2: "id public_id encounter person part bookings arrived_at left_at",
    },
)
graded(
    "consultations.Whereabouts",
    {Grade.L4: "place contact_name contact_phone", Grade.L2: "id public_id booking given_by given_at"},
)
graded(
    "consultations.Emergency",
    {Grade.L3: "raised_at alerted_at", Grade.L2: "id public_id encounter booking raised_by taken_by taken_at"},
)
