"""How sensitive the fields of providers' time are. A booking says little by itself: its links do, and lead through doors."""

from marketplace.core.grades import Grade, graded

graded(
    "scheduling.Provider",
    {
        Grade.L1: """
            id public_id partner name name_en title credential biography approaches languages
            years_of_practice tone is_active is_demo needs
        """,
        Grade.L2: "user",
    },
)
graded(
    "scheduling.Location",
    {
        Grade.L1: "id partner name address district how_to_find",
    },
)
graded(
    "scheduling.HealthcareService",
    {
        Grade.L1: """
            id product providers location modes duration_minutes buffer_minutes start_interval_minutes
            minimum_notice_minutes horizon_days parent_pay_hours
        """,
    },
)
graded(
    "scheduling.WeeklyAvailability",
    {
        Grade.L1: "id provider weekday from_time to_time modes",
    },
)
graded(
    "scheduling.AvailabilityException",
    {
        Grade.L2: "id provider starts_at ends_at is_open reason",
    },
)
graded(
    "scheduling.Occupancy",
    {
        Grade.L2: """
            id public_id provider service location kind starts_at ends_at busy_until is_live seats
            seats_taken
        """,
    },
)
graded(
    "scheduling.Booking",
    {
        Grade.L3: "mode status cancelled_by",
        Grade.L2: """
            id public_id occupancy service child booked_by held_until cancelled_at moved_count
            created_at cancellation_windows reminded_day_at reminded_hour_at
        """,
    },
)
