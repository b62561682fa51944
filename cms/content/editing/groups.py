"""What Wagtail must know for our way to work: one group of editors, one workflow with the professional review."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from marketplace.accounts.models import User

from ..models import ProfessionalReview

EDITORS = "知识库编辑"
WORKFLOW = "专业审核"
#: On every page under the root. Nobody may publish: a review does.
PAGE_RIGHTS = ("add", "change")
#: Beside pages: pictures and recordings, collections, talks. Reviewers' qualifications are a lead's to enter.
OTHER_RIGHTS = (
    ("wagtailadmin", "access_admin"),
    ("content", "add_collection"),
    ("content", "change_collection"),
    ("content", "view_collection"),
    ("content", "add_event"),
    ("content", "change_event"),
    ("content", "view_event"),
    ("content", "view_reviewer"),
    ("content", "view_sharedcopy"),
)
FILE_RIGHTS = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")


def ensure_editing() -> None:
    """Make the group and the workflow; what is there stays as it is."""
    group, _made = Group.objects.get_or_create(name=EDITORS)
    for app, codename in OTHER_RIGHTS:
        for permission in Permission.objects.filter(content_type__app_label=app, codename=codename):
            group.permissions.add(permission)
    for root in Page.objects.filter(depth=1):
        for codename in PAGE_RIGHTS:
            right = Permission.objects.filter(
                content_type__app_label="wagtailcore", codename=f"{codename}_page"
            ).first()
            if right:
                GroupPagePermission.objects.get_or_create(group=group, page=root, permission=right)
        _give_workflow(root)
    for root in Collection.objects.filter(depth=1):
        for permission in Permission.objects.filter(codename__in=FILE_RIGHTS):
            GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)


def _give_workflow(root: Page) -> None:
    """Every page under the root goes through our review; Wagtail's own sample workflow goes nowhere."""
    task = ProfessionalReview.objects.first() or ProfessionalReview.objects.create(name=WORKFLOW)
    workflow, _made = Workflow.objects.get_or_create(name=WORKFLOW)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=Task.objects.get(pk=task.pk))
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})


def put_into_group(user: User, *, is_editor: bool) -> None:
    """Make membership of the editors' group follow the duty; asks nothing where the person can have none."""
    if is_editor:
        user.groups.add(Group.objects.get_or_create(name=EDITORS)[0])
    elif user.groups.filter(name=EDITORS).exists():
        user.groups.remove(*user.groups.filter(name=EDITORS))


def ensure_after_migrate(sender: Any, using: str = "default", **kwargs: Any) -> None:
    """Runs after each migrate, once all permissions are there."""
    if using == "default" and Page.objects.filter(depth=1).exists():
        ensure_editing()
