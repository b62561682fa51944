"""deploy/verify_audit.py, with the standard library alone, names the first row that was touched."""

import base64
import importlib.util
import io
import json
import random
import subprocess
import sys
from datetime import date
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.core.audit import keys
from marketplace.core.audit.models import DaySeal
from marketplace.core.audit.services import export_lines, seal_events
from marketplace.core.embedded.locations import CHECKOUT
from tests.factories.audit import make_looks, november
from tests.support.databases import unsaved
from tests.support.tampering import TAMPERINGS, canonical, cut_tail, event_places

SCRIPT = CHECKOUT / "deploy" / "verify_audit.py"
NOW = november(22, 15)


def load_script():
    spec = importlib.util.spec_from_file_location("verify_audit", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


script = load_script()


def write_three_days() -> list[str]:
    """Keep looks of three days, two closed and one open; return their export."""
    for day in (20, 21, 22):
        make_looks(7, at=november(day))
    seal_events(now=NOW)
    return list(export_lines(now=NOW))


@pytest.fixture(scope="module")
def _written_once(django_db_setup, django_db_blocker) -> list[str]:
    """The lines alone: their rows are undone."""
    with django_db_blocker.unblock(), unsaved():
        return write_three_days()


@pytest.fixture
def export(_written_once) -> list[str]:
    """Three days of looks, as a file that the test may spoil."""
    return list(_written_once)


@pytest.fixture
def kept(db) -> list[str]:
    """The same with its rows still in the database."""
    return write_three_days()


def verify(lines: list[str], **options) -> dict:
    return script.verify(lines, options.pop("keys", [keys.public_key_text()]), **options)


def place_of(lines: list[str], day: int, position: int) -> int:
    """The index of one row."""
    wanted = (f"2026-11-{day}", position)
    return next(
        place for place in event_places(lines)
        if (json.loads(lines[place])["chain_on"], json.loads(lines[place])["position"]) == wanted
    )  # fmt: skip


def test_an_untouched_export_passes(export):
    assert verify(export) == {"ok": True, "events": 21, "seals": 3, "key_given": True}


def test_without_a_key_it_says_so(export):
    assert verify(export, keys=[]) == {"ok": True, "events": 21, "seals": 3, "key_given": False}


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_is_found(export, name, seed):
    assert not verify(TAMPERINGS[name](export, random.Random(seed)))["ok"]


@pytest.mark.parametrize(
    "field", ["actor_label", "subject", "recorded_at", "outcome", "reason", "purpose", "id", "action"]
)
def test_a_changed_row_is_named(export, field):
    place = place_of(export, 21, 4)
    export[place] = canonical(json.loads(export[place]) | {field: "x"})
    found = verify(export)
    assert (found["kind"], found["line"]) == ("changed", place + 1)


def test_a_removed_row_is_named(export):
    place = place_of(export, 21, 4)
    found = verify(export[:place] + export[place + 1 :])
    assert (found["kind"], found["where"]) == ("removed", "2026-11-21 row 4")


def test_swapped_rows_are_named(export):
    place = place_of(export, 21, 4)
    export[place], export[place + 1] = export[place + 1], export[place]
    found = verify(export)
    assert (found["kind"], found["line"]) == ("reordered", place + 1)


def test_rows_swapped_between_days_are_named(export):
    first, second = place_of(export, 20, 2), place_of(export, 22, 2)
    export[first], export[second] = export[second], export[first]
    found = verify(export)
    assert (found["kind"], found["line"]) == ("reordered", first + 1)


def test_an_inserted_row_is_named_even_with_a_hash_that_fits(export):
    place = place_of(export, 21, 4)
    made_up = json.loads(export[place]) | {"id": str(uuid4())}
    made_up["hash"] = script.digest(made_up)
    found = verify([*export[:place], canonical(made_up), *export[place:]])
    assert (found["kind"], found["line"]) == ("inserted", place + 1)


@pytest.mark.parametrize("seed", range(5))
def test_a_copied_row_under_another_name_is_named(export, seed):
    found = verify(TAMPERINGS["insert"](export, random.Random(seed)))
    assert (found["kind"], "00000000-0000-4000-8000" in found["where"]) == ("inserted", True)


def test_a_cut_tail_is_named(export):
    found = verify(cut_tail(export, random.Random(1)))
    assert found["kind"] == "removed"
    assert found["where"].startswith("2026-11-22 row")


def test_a_file_that_just_stops_is_found(export):
    found = verify(export[: place_of(export, 22, 4)])
    assert (found["kind"], found["where"][:22]) == ("removed", "after 2026-11-22 row 3")


def test_a_whole_day_left_out_is_found(export):
    first, last = place_of(export, 21, 1), place_of(export, 21, 7)
    found = verify(export[:first] + export[last + 2 :])
    assert (found["kind"], found["where"]) == ("removed", "seal 2026-11-22")


def test_a_missing_seal_is_found(export):
    seal = place_of(export, 21, 7) + 1
    found = verify(export[:seal] + export[seal + 1 :])
    assert (found["kind"], found["where"]) == ("removed", "seal 2026-11-21")


@pytest.mark.parametrize("line", [0, -1])
def test_head_and_end_are_guarded(export, line):
    content = json.loads(export[line])
    export[line] = canonical(content | ({"kept_from": "2027-01-01"} if line == 0 else {"lines_hash": "0" * 64}))
    assert not verify(export)["ok"]


def rebuild(lines: list[str], key: Ed25519PrivateKey) -> list[str]:
    """What somebody could do who may write all hashes anew and sign with a key of their own."""
    import hashlib

    public = base64.b64encode(key.public_key().public_bytes_raw()).decode()
    name = hashlib.sha256(base64.b64decode(public)).hexdigest()[:16]
    rebuilt, last, seal_before, count = [], "0" * 64, "0" * 64, 0
    for line in lines:
        content = json.loads(line)
        if content["type"] == "export":
            content["keys"] = {name: public}
        elif content["type"] == "event":
            count += 1
            content |= {"previous_hash": last, "position": count}
            content["hash"] = last = script.digest(content)
        elif content["type"] == "seal":
            content |= {"count": count, "last_hash": last, "previous_hash": seal_before, "key_id": name}
            content["hash"] = script.digest(content)
            content["signature"] = key.sign(
                canonical(script.without(content, "type", "hash", "signature")).encode()
            ).hex()
            seal_before, last, count = content["hash"], "0" * 64, 0
        else:
            events = sum(json.loads(other)["type"] == "event" for other in rebuilt)
            whole = hashlib.sha256("".join(f"{other}\n" for other in rebuilt).encode()).hexdigest()
            content |= {"events": events, "lines_hash": whole, "key_id": name}
            content["signature"] = key.sign(canonical(script.without(content, "signature")).encode()).hex()
        rebuilt.append(canonical(content))
    return rebuilt


def test_a_record_written_anew_from_end_to_end_fails_for_want_of_the_key(export):
    place = place_of(export, 21, 4)
    forged = rebuild(export[:place] + export[place + 1 :], Ed25519PrivateKey.generate())
    assert verify(forged, keys=[])["ok"]  # it hangs together: only the key tells
    assert verify(forged)["kind"] == "changed"


def test_the_log_finds_a_tail_cut_from_the_database_seal_and_all(kept):
    seal = DaySeal.objects.get(is_final=False)
    anchor = f"2026-11-22:{seal.count}:{seal.last_hash}"
    assert verify(kept, anchors=[anchor])["ok"]
    cut = rebuild([*kept[: place_of(kept, 22, 5)], *kept[place_of(kept, 22, 7) + 1 :]], keys.signing_key())
    assert verify(cut)["ok"]
    assert verify(cut, anchors=[anchor])["where"] == "2026-11-22 row 7"


def test_a_part_of_the_days_can_be_exported(kept):
    lines = list(export_lines(since=date(2026, 11, 21), until=date(2026, 11, 21), now=NOW))
    assert verify(lines) == {"ok": True, "events": 7, "seals": 1, "key_given": True}


def test_it_runs_by_itself_on_what_the_command_writes(kept, tmp_path):
    written = io.StringIO()
    call_command("export_audit", stdout=written)
    public_key = io.StringIO()
    call_command("export_audit", "--public-key", stdout=public_key)
    file = tmp_path / "export.jsonl"
    file.write_text(written.getvalue(), encoding="utf-8")
    command = [sys.executable, "-I", "-S", str(SCRIPT), str(file), "--key", public_key.getvalue().strip()]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (run.returncode, json.loads(run.stdout)["events"]) == (0, 21), run.stderr
    file.write_text(written.getvalue().replace("咨询师", "医生", 1), encoding="utf-8")
    assert subprocess.run(command, capture_output=True, check=False, cwd=tmp_path).returncode == 1


def test_it_imports_only_the_standard_library():
    import ast

    imported = set()
    for node in ast.walk(ast.parse(SCRIPT.read_text())):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(node.module.split(".")[0])
    assert imported <= set(sys.stdlib_module_names)


@settings(max_examples=15)
@given(message=st.binary(max_size=200), seed=st.binary(min_size=32, max_size=32), place=st.integers(0, 511))
def test_its_signature_arithmetic_agrees_with_the_library(message, seed, place):
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = key.public_key().public_bytes_raw(), key.sign(message)
    assert script.is_signed(public, message, signature)
    bent = bytearray(signature)
    bent[place // 8] ^= 1 << place % 8
    assert not script.is_signed(public, message, bytes(bent))
    assert not script.is_signed(public, message + b"!", signature)
