"""How sensitive the fields of families are."""

from marketplace.core.grades import Grade, graded

graded(
    "families.Child",
    {
        Grade.L3: "nickname born_on school_year",
        Grade.L2: "id public_id account created_at archived_at guardians",
    },
)
graded(
    "families.Guardianship",
    {
        Grade.L3: "relation scope evidence ended_because",
        Grade.L2: "id public_id guardian child status created_at ended_at ended_by invited_by",
    },
)
graded(
    "families.EndingRequest",
    {
        Grade.L3: "outcome evidence",
        Grade.L2: "id public_id guardianship asked_by asked_at answered_by answered_at",
    },
)
graded(
    "families.Invitation",
    {
        Grade.L3: "relation scope",
        Grade.L2: """
            id public_id kind child invited_by token_digest code_digest created_at expires_at
            accepted_at accepted_by revoked_at
        """,
    },
)
graded(
    "families.BirthdayNotice",
    {
        Grade.L2: "id child age days_before told_at",
    },
)
graded(
    "families.GuardianLimits",
    {
        Grade.L2: """
            id child daily_minutes night_from night_until self_pay_once_fen self_pay_month_fen set_by
            set_at
        """,
    },
)
graded(
    "families.ScreenTime",
    {
        Grade.L2: "id child day minutes last_seen_at",
    },
)
