"""How payments reaches partners, whom it knows by their public id alone (payments.payees.Payees)."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from marketplace.accounts.models import User

from .models import Partner


class PartnersAsPayees:
    """The partners of the shop."""

    def names(self, payees: Collection[UUID]) -> Mapping[UUID, str]:
        return dict(Partner.objects.filter(public_id__in=payees).values_list("public_id", "name"))

    def people(self, payee: UUID) -> "QuerySet[Any]":
        return User.objects.filter(partners__public_id=payee, is_active=True)

    def statement_path(self, payee: UUID) -> str:
        return reverse("clinics:money")
