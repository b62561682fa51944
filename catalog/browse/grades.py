"""How sensitive the fields are: listings are for everybody to read, what somebody saved says what is needed."""

from marketplace.core.grades import Grade, graded

graded(
    "browse.Listing",
    {
        Grade.L1: """
            product is_shown is_coming facets age_from age_to price_fen next_starts next_sessions
            earliest_at free_on after_school_on before_school_on rank card card_version words refreshed_at stale_at
        """,
    },
)
graded(
    "browse.SavedProduct",
    {
        Grade.L3: "product",
        Grade.L2: "id public_id saved_by saved_at",
    },
)
