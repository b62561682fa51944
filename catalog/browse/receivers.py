"""Whatever a listing shows has changed somewhere: mark it. Every receiver costs two Redis commands after the commit."""

from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver

from catalog.catalogue.models import Category, Lesson, Product, ProductCategory, ProductImage
from catalog.partner.models import Partner, StockRecord
from catalog.scheduling.models import HealthcareService, Provider
from catalog.scheduling.signals import availability_changed

from .caching import renew_version
from .services import mark_for_refresh


@receiver(availability_changed)
def note_free_times(sender: Any, provider_ids: tuple[int, ...], **kwargs: Any) -> None:
    mark_for_refresh(providers=provider_ids)


@receiver(post_save, sender=Product)
def note_product(sender: Any, instance: Product, **kwargs: Any) -> None:
    mark_for_refresh(products=[instance.pk])


@receiver([post_save, post_delete], sender=StockRecord)
@receiver([post_save, post_delete], sender=ProductCategory)
@receiver([post_save, post_delete], sender=ProductImage)
@receiver([post_save, post_delete], sender=HealthcareService)
@receiver([post_save, post_delete], sender=Lesson)
def note_part_of_product(sender: Any, instance: Any, **kwargs: Any) -> None:
    mark_for_refresh(products=[instance.product_id])


@receiver(post_save, sender=Provider)
def note_provider(sender: Any, instance: Provider, **kwargs: Any) -> None:
    mark_for_refresh(providers=[instance.pk])


@receiver(post_save, sender=Partner)
def note_partner(sender: Any, instance: Partner, **kwargs: Any) -> None:
    mark_for_refresh(partners=[instance.pk])


@receiver([post_save, post_delete], sender=Category)
def note_category(sender: Any, instance: Category, **kwargs: Any) -> None:
    """Names and order of categories stand in counts and panels, not in rows."""
    renew_version()


@receiver(m2m_changed, sender=Product.needs.through)
def note_needs(sender: Any, instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any) -> None:
    if action.startswith("post_"):
        mark_for_refresh(products=(pk_set or ()) if reverse else [instance.pk])


@receiver(m2m_changed, sender=HealthcareService.providers.through)
def note_providers(sender: Any, instance: Any, action: str, reverse: bool, **kwargs: Any) -> None:
    if action.startswith("post_"):
        mark_for_refresh(**({"providers": [instance.pk]} if reverse else {"products": [instance.product_id]}))
