"""How sensitive the fields of accounts are."""

from marketplace.core.grades import Grade, graded

graded(
    "accounts.User",
    {
        Grade.L3: "email phone login_name nickname password",
        Grade.L2: """
            id public_id last_login is_superuser phone_verified_at role duties is_staff is_active
            date_joined groups user_permissions
        """,
    },
)
graded(
    "accounts.DutyShift",
    {
        Grade.L2: "id user duty begins_at ends_at",
    },
)
graded(
    "accounts.RecoveryCode",
    {
        Grade.L2: "id user digest created_at issued_by expires_at used_at",
    },
)
graded(
    "accounts.Agreement",
    {
        Grade.L1: "id kind version effective_at title title_en body body_en",
    },
)
graded(
    "accounts.AgreementAcceptance",
    {
        Grade.L2: "id user agreement accepted_at",
    },
)
