"""Double entry: what happened, once, and the accounts it moved. The database keeps it balanced and append-only."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from payments.ledger.enums import AccountKind, EntryKind


class JournalEntry(models.Model):
    """One fact that moved money, under a key of its own: booking it twice is booking it once."""

    key = models.CharField(max_length=150, unique=True)
    kind = models.CharField(max_length=20, choices=EntryKind.choices)
    # What the money is for, as payments.payables names it; empty where no single thing is.
    payable_kind = models.CharField(max_length=32, blank=True)
    payable_id = models.BigIntegerField(null=True, blank=True)
    occurred_at = models.DateTimeField(default=timezone.now)
    posted_at = models.DateTimeField(default=timezone.now)
    # A mistake is put right by an entry that undoes another; who decided stands with it.
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversed_by")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("分录")
        verbose_name_plural = _("分录")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EntryKind.values), name="entry_kind_known"),
        ]
        indexes = [
            models.Index(fields=["payable_kind", "payable_id"], name="entry_payable"),
            models.Index(fields=["occurred_at"], name="entry_when"),
        ]

    def __str__(self) -> str:
        return self.key


class Leg(models.Model):
    """What one entry moved in one account, in fen: positive is debit, negative is credit."""

    entry = models.ForeignKey(JournalEntry, models.PROTECT, related_name="legs")
    account = models.CharField(max_length=16, choices=AccountKind.choices)
    owner = models.CharField(max_length=64, blank=True)
    amount_fen = models.BigIntegerField()

    class Meta:
        verbose_name = _("分录行")
        verbose_name_plural = _("分录行")
        constraints = [
            models.CheckConstraint(condition=~Q(amount_fen=0), name="leg_moves_something"),
            models.CheckConstraint(condition=Q(account__in=AccountKind.values), name="leg_account_known"),
        ]
        indexes = [models.Index(fields=["account", "owner"], name="leg_account")]

    def __str__(self) -> str:
        return f"{self.account}:{self.owner} {self.amount_fen}"
