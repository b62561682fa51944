"""How sensitive the fields of the record of looks are: who looked at what of whom is personal, its chain is not."""

from marketplace.core.grades import Grade, graded

graded(
    "audit.AuditEvent",
    {
        Grade.L3: "actor_label items records purpose outcome reason",
        Grade.L2: "id public_id recorded_at action actor_id subject_id chain_on position previous_hash hash",
    },
)
graded(
    "audit.DaySeal",
    {Grade.L2: "id chain_on is_final count last_hash previous_hash sealed_at hash signature key_id"},
)
