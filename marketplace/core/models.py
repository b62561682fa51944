"""Base models every app may stand on."""

import uuid

from django.db import models


class PublicIdModel(models.Model):
    """A row whose URL shows a random id, never its number; required for data of grade L3 and L4."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True
