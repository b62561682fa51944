"""PostgreSQL full-text search over words cut by jieba, for every model that modelsearch indexes.

PostgreSQL itself takes a run of Chinese characters for one word, so texts are cut before they are indexed and
questions before they are asked. The search configuration is "simple": no stemming, no stop words.
"""

from collections.abc import Iterable
from typing import Any

from modelsearch.backends.database.postgres.postgres import (
    ObjectIndexer,
    PostgresIndex,
    PostgresSearchBackend,
    PostgresSearchQueryCompiler,
)
from modelsearch.query import And, Or, PlainText, SearchQuery
from modelsearch.utils import get_content_type_pk

from .words import question_words, synonyms, text_words


class SegmentedObjectIndexer(ObjectIndexer):
    """Cuts every value before it becomes a search vector."""

    def prepare_value(self, value: Any) -> str:
        return " ".join(text_words(super().prepare_value(value)))


def _one_word(word: str) -> SearchQuery:
    """A word, or one of its synonyms."""
    choices = [_with_parts(each) for each in (word, *synonyms(word))]
    return choices[0] if len(choices) == 1 else Or(choices)


def _with_parts(word: str) -> SearchQuery:
    """A word; a long one by the short words inside it, which also stand in texts that say the same in between."""
    parts = [part for part in text_words(word) if part != word]
    return PlainText(" ".join(parts) if len(parts) > 1 else word)


def segmented(query: SearchQuery) -> SearchQuery:
    """Return a plain question as its words, each with its synonyms; other queries as they are."""
    if not isinstance(query, PlainText):
        return query
    words = question_words(query.query_string)
    if not words:
        return query
    parts = [_one_word(word) for word in words]
    return parts[0] if len(parts) == 1 else (Or if query.operator == "or" else And)(parts)


class SegmentedQueryCompiler(PostgresSearchQueryCompiler):
    """Cuts the question as the texts were cut."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.query = segmented(self.query)


class SegmentedIndex(PostgresIndex):
    """Writes entries without the walk over the whole table that modelsearch does after each of them."""

    def _refresh_title_norms(self, full: bool = False) -> None:
        """Even out title lengths when the index is rebuilt, not on every save.

        The average title is read from all rows; at 50,000 rows that alone costs more than the rest of a save.
        Until the next rebuild a new entry's title counts as one of average length.
        """
        if full:
            super()._refresh_title_norms(full=True)

    def add_items(self, model: Any, objs: Iterable[Any]) -> None:
        """Write the entries of rows of one model, all in one statement."""
        if not model.get_search_fields():
            return
        indexers = [SegmentedObjectIndexer(row, self.backend) for row in objs]
        content_type_id = get_content_type_pk(model)
        self.entries.bulk_create(
            [
                self.entries.model(
                    content_type_id=content_type_id,
                    object_id=indexer.id,
                    title=indexer.title,
                    body=indexer.body,
                    autocomplete=indexer.autocomplete,
                )
                for indexer in indexers
            ],
            update_conflicts=True,
            unique_fields=["content_type", "object_id"],
            update_fields=["title", "body", "autocomplete", "title_norm"],
        )


class SearchBackend(PostgresSearchBackend):
    """What WAGTAILSEARCH_BACKENDS names."""

    query_compiler_class = SegmentedQueryCompiler
    index_class = SegmentedIndex
