"""How sensitive the fields of providers' time are. A booking says little by itself: its links do, and lead through doors."""

from marketplace.core.grades import Grade, graded

graded(
    "scheduling.Provider",
    {
        Grade.L1: """
            id public_id partner name name_en title credential biography approaches languages
            years_of_practice tone is_active is_demo needs
        """,
        Grade.L2: "user keeps_holidays shifted_days_as sessions_per_day sessions_per_week",
    },
)
graded(
    "scheduling.Location",
    {
        Grade.L1: "id partner name address district how_to_find",
    },
)
graded(
    "scheduling.Room",
    {
        Grade.L1: "id public_id location name kind capacity is_active",
    },
)
graded(
    "scheduling.HealthcareService",
    {
        Grade.L1: """
            id product providers location modes duration_minutes buffer_minutes start_interval_minutes
            minimum_notice_minutes horizon_days parent_pay_hours buffer_before_minutes needs_room
            needs_confirmation answer_hours series_limit admits_guardian
        """,
    },
)
graded(
    "scheduling.WeeklyAvailability",
    {
        Grade.L1: "id provider weekday from_time to_time modes location",
    },
)
graded(
    "scheduling.AvailabilityException",
    {
        Grade.L2: "id provider starts_at ends_at is_open reason location",
    },
)
graded(
    "scheduling.BusyCalendar",
    {
        Grade.L4: "address",
        Grade.L2: "id public_id provider label added_at read_at trouble trouble_since etag",
    },
)
graded(
    "scheduling.BusyTime",
    {
        Grade.L2: "id calendar provider starts_at ends_at",
    },
)
graded(
    "scheduling.CalendarFeed",
    {
        Grade.L2: "id public_id person kind digest created_at read_at ended_at",
    },
)
graded(
    "scheduling.BookingSeries",
    {
        Grade.L2: "id public_id booked_by every_weeks created_at",
    },
)
graded(
    "scheduling.Occupancy",
    {
        Grade.L2: """
            id public_id provider service location room kind busy_from starts_at ends_at busy_until is_live
            seats seats_taken minimum_seats decided_at
        """,
    },
)
graded(
    "scheduling.Booking",
    {
        Grade.L3: "mode status cancelled_by",
        Grade.L2: """
            id public_id occupancy service child attendee booked_by starts_at ends_at held_until answer_by
            cancelled_at moved_count moved_by_provider_at series together_id created_at cancellation_windows
            reminded_day_at reminded_hour_at
        """,
    },
)
