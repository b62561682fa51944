"""How sensitive the fields of data keys are: useless without the key service, so of grade L2."""

from marketplace.core.grades import Grade, graded

graded(
    "encryption.DataKey",
    {
        Grade.L2: """
            id public_id subject_id wrapped_keyset kek_uri created_at rewrapped_at destroyed_at
            destroy_reason destroyed_by
        """,
    },
)
