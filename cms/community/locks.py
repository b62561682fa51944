"""Every lock of the community's core: the thread before what stands in it, names after both."""

from uuid import UUID

from django.db.models import QuerySet

from .models import Alias, Drawer, Post, Reply, Unmasking


def thread(public_id: UUID) -> "QuerySet[Post]":
    """One thread: its names, its order and its counts change one after the other."""
    return Post.objects.select_for_update(of=("self",)).filter(public_id=public_id).select_related("topic")


def reply(public_id: UUID) -> "QuerySet[Reply]":
    """One reply; lock its thread first."""
    replies = Reply.objects.select_for_update(of=("self",)).filter(public_id=public_id)
    return replies.select_related("alias", "thread__topic")


def drawer(member_id: int) -> "QuerySet[Drawer]":
    """Somebody's own list of names."""
    return Drawer.objects.select_for_update().filter(member_id=member_id)


def alias(pk: int) -> "QuerySet[Alias]":
    """One name."""
    return Alias.objects.select_for_update().filter(pk=pk)


def unmasking(public_id: UUID) -> "QuerySet[Unmasking]":
    """One question who somebody is."""
    return Unmasking.objects.select_for_update(of=("self",)).filter(public_id=public_id).select_related("alias")
