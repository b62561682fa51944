"""Every processing of personal data, declared once (PIPL 17, 55 and 56; OVS-13).

The layered notice, the page of records, its export and the impact assessments are made from this list, and a test
fails when personal data is kept that no activity here names. What a sentence promises must be true of the code.
"""

from .accounts_and_rights import ACCOUNTS_AND_RIGHTS
from .activity import Activity
from .care_and_shop import CARE_AND_SHOP
from .free_side import FREE_SIDE

ACTIVITIES: tuple[Activity, ...] = (*ACCOUNTS_AND_RIGHTS, *CARE_AND_SHOP, *FREE_SIDE)

BY_KEY: dict[str, Activity] = {activity.key: activity for activity in ACTIVITIES}
