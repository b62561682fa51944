"""How sensitive the fields of data rights are."""

from marketplace.core.grades import Grade, graded

graded(
    "data_rights.DataRequest",
    {
        Grade.L2: """
            id public_id kind state scope user child subject_id asked_by asked_at next_run_at claim percent step pause
            failure failures started_at finished_at
        """
    },
)
graded(
    "data_rights.Correction",
    {
        Grade.L4: "proposal answer",
        Grade.L2: "id public_id request subject_id fact answer_by answered_at answered_by",
    },
)
graded("data_rights.RequestEvent", {Grade.L2: "id request state by happened_at"})
graded("data_rights.ErasureStep", {Grade.L2: "id request key outcome finished_at"})
graded(
    "data_rights.ExportFile",
    {
        Grade.L4: "content",
        Grade.L2: "id public_id request subject_id size_bytes sha256 made_at expires_at downloaded_at",
    },
)
graded("data_rights.ErasureCertificate", {Grade.L2: "id public_id request number issued_at body sha256"})
