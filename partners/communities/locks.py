"""Every row lock of communities. Order: activity, then what hangs on it."""

from .models import Activity, Proposal, SignUp


def locked_activity(activity_id: int) -> Activity:
    """The activity, locked and read after the lock."""
    return Activity.objects.select_for_update(of=("self",)).get(pk=activity_id)


def locked_sign_up(sign_up_id: int) -> SignUp:
    """The sign-up, locked and read after the lock. Lock its activity first."""
    return SignUp.objects.select_for_update(of=("self",)).get(pk=sign_up_id)


def latest_proposal(activity: Activity) -> Proposal | None:
    """The version that counts, locked. Lock its activity first."""
    return Proposal.objects.select_for_update(of=("self",)).filter(activity=activity).order_by("-number").first()
