"""Bringing the library's text files into the library. Running it again changes only what changed in the files."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from ..editing.services import publish_in_demo
from ..models import Collection, CollectionItem, Item, LibraryIndex
from ..text_files import TextFault, TextFile, read_collections, read_text_file, text_file_paths
from ..text_files.reading import LANGUAGES, TEXTS
from ..text_files.shelves import Shelf

INDEX_TITLES = {"zh-hans": "知识库", "en": "Library"}


@dataclass(slots=True)
class Loaded:
    """What a run did: slugs with their language."""

    made: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: int = 0


def load_library(*, folder: Path = TEXTS) -> Loaded:
    """Make or change an item for every text file, and the collections; all of it or nothing.

    A changed text is a new version, and whoever reviewed the old one has not reviewed the new: outside the demo it
    waits as a draft until a professional has. Items an editor has written since (no text file) are left alone.

    Raises:
        TextFault: a file is not as agreed; nothing is changed.
    """
    files = [read_text_file(path) for path in text_file_paths(folder)]
    _refuse_lone_translations(files)
    shelves = read_collections(folder, {file.head.slug for file in files})
    loaded = Loaded()
    with transaction.atomic(durable=True):
        shelves_of = {language: _index(language) for language in LANGUAGES}
        standing = {language: _standing(index) for language, index in shelves_of.items()}
        for file in files:
            _load(file, shelves_of[file.language], standing[file.language].get(file.head.slug), loaded)
        _stock(shelves)
    return loaded


def _refuse_lone_translations(files: Iterable[TextFile]) -> None:
    leading = {file.head.slug for file in files if file.language == LANGUAGES[0]}
    for file in files:
        if file.head.slug not in leading:
            raise TextFault(file.path, 1, f"translates nothing: there is no {LANGUAGES[0]}/{file.path.name}")


def _index(language: str) -> LibraryIndex:
    """Return the page a language's items stand under, made when it is not there."""
    locale, _ = Locale.objects.get_or_create(language_code=language)
    index = LibraryIndex.objects.filter(locale=locale).first()
    if index is not None:
        return index
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    parent = site.root_page if site else Page.get_first_root_node()
    slug = "library" if language == LANGUAGES[0] else f"library-{language}"
    index = LibraryIndex(title=INDEX_TITLES[language], slug=slug, locale=locale, translation_key=_key("index"))
    return parent.add_child(instance=index)


def _key(name: str) -> UUID:
    """Return what ties a text to its translation, the same wherever it is loaded."""
    return uuid5(NAMESPACE_URL, f"xinqiao:library/{name}")


def _standing(index: LibraryIndex) -> dict[str, Item]:
    """Return a language's items by slug, with their newest drafts. One query."""
    return {item.slug: item for item in Item.objects.child_of(index).select_related("latest_revision")}


def _load(file: TextFile, index: LibraryIndex, page: Item | None, loaded: Loaded) -> None:
    if page is not None:
        # Outside the demo the newest text may still wait as a draft.
        newest = page.latest_revision.content["text_digest"] if page.latest_revision else page.text_digest
        if newest == file.digest:
            loaded.same += 1
            return
        page = page.get_latest_revision_as_object()
    item = page or Item(slug=file.head.slug, translation_key=_key(file.head.slug), locale=index.locale, live=False)
    for name, value in _values(file).items():
        setattr(item, name, value)
    if page is not None and settings.LIBRARY_SHOWS_UNREVIEWED:
        item.version += 1  # elsewhere the review of the new wording counts it
    if page is None:
        index.add_child(instance=item)
    revision = item.save_revision(clean=page is not None)
    if settings.LIBRARY_SHOWS_UNREVIEWED:
        publish_in_demo(revision=revision)
    (loaded.made if page is None else loaded.changed).append(f"{file.language}/{file.head.slug}")


def _values(file: TextFile) -> dict[str, Any]:
    """Return the fields of an item that a file decides."""
    head = file.head
    return {
        "title": head.title,
        "draft_title": head.title,
        "kind": head.kind,
        "summary": head.summary,
        "body": _stream(Item, "body", file.body),
        "audience": head.audience,
        "age_from": head.ages[0],
        "age_to": head.ages[1],
        "needs": list(head.needs),
        "skills": list(head.skills),
        "grade_from": head.grades[0] if head.grades else None,
        "grade_to": head.grades[1] if head.grades else None,
        "subject": head.subject,
        "author_name": head.author,
        "machine_written": head.machine_written,
        "sources": _stream(Item, "sources", [{"type": "source", "value": source} for source in head.sources]),
        "licence": head.licence,
        "reviewer": None,
        "reviewed_on": None,
        "review_due_on": None,
        "text_digest": file.digest,
    }


def _stream(model: type[Item], name: str, raw: list[dict[str, Any]]) -> Any:
    return model._meta.get_field(name).stream_block.to_python(raw)


def _stock(shelves: Sequence[Shelf]) -> None:
    """Make the collections of the files, in their order; those an editor made are left alone. Three queries ask."""
    items: Mapping[str, int] = dict(Item.objects.filter(locale__language_code=LANGUAGES[0]).values_list("slug", "pk"))
    standing = Collection.objects.in_bulk([shelf.slug for shelf in shelves], field_name="slug")
    holding = defaultdict(list)
    entries = CollectionItem.objects.filter(collection__in=standing.values()).order_by("sort_order")
    for collection_id, item_id in entries.values_list("collection_id", "item_id"):
        holding[collection_id].append(item_id)
    for place, shelf in enumerate(shelves, start=1):
        collection = standing.get(shelf.slug) or Collection(slug=shelf.slug)
        _name(collection, shelf, place)
        wanted = [items[slug] for slug in shelf.items]
        if holding[collection.pk] != wanted:
            _fill(collection, wanted)


def _name(collection: Collection, shelf: Shelf, place: int) -> None:
    """Save a collection as its file has it, where it is not so yet."""
    values = {
        "name": shelf.name,
        "name_en": shelf.name_en,
        "summary": shelf.summary,
        "summary_en": shelf.summary_en,
        "audience": shelf.audience,
        "picture": shelf.picture,
        "place": place,
    }
    if collection.pk is None or any(getattr(collection, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(collection, name, value)
        collection.save()


def _fill(collection: Collection, item_ids: Iterable[int]) -> None:
    CollectionItem.objects.filter(collection=collection).delete()
    CollectionItem.objects.bulk_create(
        CollectionItem(collection=collection, item_id=pk, sort_order=order) for order, pk in enumerate(item_ids)
    )
