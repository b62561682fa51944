"""How sensitive the fields of the library are."""

from marketplace.core.grades import Grade, graded

#: What Wagtail keeps for every page.
_PAGE = """
    page_ptr id path depth numchild translation_key locale latest_revision live has_unpublished_changes
    first_published_at last_published_at live_revision go_live_at expire_at expired locked locked_at locked_by
    title draft_title slug content_type url_path owner seo_title show_in_menus search_description
    latest_revision_created_at alias_of
"""

graded("content.LibraryIndex", {Grade.L1: _PAGE})
graded(
    "content.Item",
    {
        Grade.L1: f"""
            {_PAGE} kind summary body audience age_from age_to bands needs skills grade_from grade_to subject
            author_name machine_written sources licence reviewer reviewed_on review_due_on version plain_text
            reading_minutes text_digest
        """
    },
)
graded("content.Collection", {Grade.L1: "id slug name name_en summary summary_en audience picture place is_shown"})
graded("content.CollectionItem", {Grade.L1: "id sort_order collection item"})
graded("content.ItemSave", {Grade.L3: "item", Grade.L2: "id public_id user saved_at"})
graded("content.LessonProgress", {Grade.L3: "item lesson state", Grade.L2: "id public_id user changed_at"})
graded(
    "content.CourseCertificate",
    {
        Grade.L3: "holder_name item course_title",
        Grade.L2: "id public_id user number course_version lessons minutes issued_at",
    },
)
graded("content.HelpReach", {Grade.L1: "id day kind shown reached"})
graded("content.ItemReview", {Grade.L1: "id item reviewer content_hash reviewed_at due_on", Grade.L2: "approved_by"})
graded("content.ProfessionalReview", {Grade.L1: "task_ptr id name content_type active"})
graded(
    "content.Submission",
    {
        Grade.L4: "title words file alias",
        Grade.L3: "about form teller need age_band attribution school_year licence is_held refusal page",
        Grade.L2: """
            id public_id child sent_by file_type licence_version agreed_at state sent_at decided_at decided_by
            withdrawn_at
        """,
    },
)
graded(
    "content.SharedCopy",
    {
        Grade.L1: """
            id public_id direction page origin_ref origin_name title holder_name holder_ref attribution licence
            reviewed_by reviewed_on review_due_on content_hash made_at withdrawn_at
        """,
        Grade.L2: "made_by",
    },
)
graded(
    "content.Event",
    {
        Grade.L1: """
            id public_id slug title summary description speaker speaker_role partner partner_name audience need place
            address access starts_at ends_at closes_at seats taken is_published is_example cancelled_at
        """,
        Grade.L2: "how_to_join",
    },
)
graded(
    "content.EventSeat",
    {
        Grade.L4: "called contact",
        Grade.L2: "id public_id event person secret_digest seats state asked_at moved_up_at cancelled_at",
    },
)
graded(
    "content.Reviewer",
    {
        Grade.L1: """
            id name role qualification certificate_number qualified_from qualified_until checked_on is_demo is_active
        """,
        Grade.L2: "user",
    },
)
