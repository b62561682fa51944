"""How sensitive the fields of uploads are: a file's name can name a person, and its reference opens it."""

from marketplace.core.grades import Grade, graded

graded(
    "uploads.StoredFile",
    {
        Grade.L4: "name reference",
        Grade.L2: "id public_id owner_kind owner_subject kind size digest uploaded_by created_at",
    },
)
