"""How sensitive the fields of keys and webhooks are: addresses and secrets open something, so they are sealed."""

from marketplace.core.grades import Grade, graded

graded(
    "partner_api.ApiKey",
    {Grade.L2: "id public_id partner made_by label prefix digest scopes made_at last_used_at revoked_at"},
)
graded("partner_api.IdempotentCall", {Grade.L2: "id api_key name request_digest state status_code answer claimed_at"})
graded(
    "partner_api.WebhookEndpoint",
    {Grade.L4: "address secret", Grade.L2: "id public_id partner made_by events made_at ended_at"},
)
graded(
    "partner_api.WebhookDelivery",
    {
        Grade.L2: """
            id public_id endpoint kind payload state attempts next_attempt_at happened_at delivered_at status_code trouble
        """
    },
)
