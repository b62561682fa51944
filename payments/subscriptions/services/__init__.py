"""Writes of plans, one function per use case."""

from payments.subscriptions.services.advancing import advance_due, advance_subscription, hear_of_agreement
from payments.subscriptions.services.announcing import announce_period
from payments.subscriptions.services.buying import buy_period
from payments.subscriptions.services.charging import charge_period
from payments.subscriptions.services.choosing import cancel_plan, choose_renewal
from payments.subscriptions.services.companies import SigningPayer
from payments.subscriptions.services.mirroring import mirror_agreement
from payments.subscriptions.services.offering import publish_plan
from payments.subscriptions.services.paying import accept_cycle, refund_cycle_news, release_cycle
from payments.subscriptions.services.refunding import refund_plan
from payments.subscriptions.services.signing import Signing, begin_trial, check_agreement, sign_for_renewal, take_over

__all__ = [
    "Signing",
    "SigningPayer",
    "accept_cycle",
    "advance_due",
    "advance_subscription",
    "announce_period",
    "begin_trial",
    "buy_period",
    "cancel_plan",
    "charge_period",
    "check_agreement",
    "choose_renewal",
    "hear_of_agreement",
    "mirror_agreement",
    "publish_plan",
    "refund_cycle_news",
    "refund_plan",
    "release_cycle",
    "sign_for_renewal",
    "take_over",
]
