"""Logs say what happened and to nobody."""

import io
import logging
import logging.config

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from marketplace.core.log_masking import masked
from tests import factories


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("to 13812345678", "to 138****5678"),
        ("to +8613812345678, then +86 138-1234-5678", "to 138****5678, then 138****5678"),
        ("mail li.ming+a@mail.example.com.", "mail ***@***."),
        ("number 11010519491231002X", "number (identity number)"),
        ("order 20261122123456789012 paid 36000", "order 20261122123456789012 paid 36000"),
        ("duplicate key\nDETAIL:  Key (nickname)=(小明) already exists.", "duplicate key\nDETAIL: (masked)"),
    ],
)
def test_what_tells_who_somebody_is_is_masked(text, expected):
    assert masked(text) == expected


@pytest.fixture
def log():
    """What a logger of ours writes through the handler of the settings."""
    written = io.StringIO()
    configured = settings.LOGGING["handlers"]["console"]
    handler = logging.StreamHandler(written)
    for name in configured["filters"]:
        handler.addFilter(logging.config.BaseConfigurator({}).resolve(settings.LOGGING["filters"][name]["()"])())
    logger = logging.getLogger("marketplace.tested")
    logger.addHandler(handler)
    yield written.getvalue
    logger.removeHandler(handler)


def test_arguments_are_masked(log):
    logging.getLogger("marketplace.tested").warning("a code for %s and %s", "13812345678", {"mail": "a@b.cn"})
    assert log() == "a code for 138****5678 and {'mail': '***@***'}\n"


@pytest.mark.django_db
def test_an_exceptions_row_is_masked(log):
    parent = factories.make_parent(phone="+8613812345678")
    try:
        with transaction.atomic():
            factories.make_parent(phone=parent.phone)
    except IntegrityError:
        logging.getLogger("marketplace.tested").exception("could not be saved")
    assert "IntegrityError" in log()
    assert "DETAIL: (masked)" in log()
    assert "13812345678" not in log()


def test_workers_log_through_the_same_handler():
    from celery.signals import setup_logging

    import marketplace.celery  # noqa: F401

    assert setup_logging.receivers


def test_a_visitors_text_cannot_begin_a_line_of_its_own(log):
    logging.getLogger("marketplace.tested").warning("not found: %s", "/x\r\n2026-11-22 INFO all is well\x1b[31m")
    assert log() == "not found: /x\\x0d\\x0a2026-11-22 INFO all is well\\x1b[31m\n"
