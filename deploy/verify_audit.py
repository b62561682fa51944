#!/usr/bin/env python3
"""Check an export of the record of looks, with Python's standard library and nothing else.

    python3 verify_audit.py export.jsonl --key BASE64 [--key ...] [--anchor DAY:COUNT:HASH ...]

It walks the lines in order and stops at the first fault: a row that was changed, removed, inserted or put elsewhere, a
seal or an end that does not fit or that nobody with the key has signed. The signatures are Ed25519 (RFC 8032); as the
standard library has no Ed25519, the few lines of arithmetic stand below.

--key     the public key, kept apart from the database (manage.py export_audit --public-key). Without it the key in the
          export is believed, which shows only that the export hangs together.
--anchor  a line "audit seal DAY:COUNT:HASH" from the log: that day's chain must hold at least so many rows, and the row
          at that place must have that hash. It finds a tail that was cut from the database itself, seal and all.

Prints one JSON object; the exit code is 0 when all is well and 1 otherwise.
"""

import argparse
import base64
import hashlib
import json
import sys
from typing import Any, Dict, Iterable, List, NamedTuple, Optional, Sequence, Tuple

NOTHING_BEFORE = "0" * 64


class Fault(Exception):
    """The first thing found wrong: what happened, and where."""

    def __init__(self, kind: str, where: str, line: int, sentence: str) -> None:
        super().__init__(sentence)
        self.kind, self.where, self.line, self.sentence = kind, where, line, sentence


class Line(NamedTuple):
    """One line of the export, with its number."""

    number: int
    content: Dict[str, Any]

    @property
    def name(self) -> str:
        """How a person finds it again."""
        if self.content.get("type") == "event":
            return f"{self.content.get('chain_on')} row {self.content.get('position')} ({self.content.get('id')})"
        return f"{self.content.get('type')} {self.content.get('chain_on', '')}".strip()


def canonical(content: Dict[str, Any]) -> str:
    """The text that is hashed and signed."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def without(content: Dict[str, Any], *names: str) -> Dict[str, Any]:
    """The content without some of its fields."""
    return {name: value for name, value in content.items() if name not in names}


def digest(content: Dict[str, Any]) -> str:
    """What the hash of an event or a seal must be."""
    return hashlib.sha256(canonical(without(content, "type", "hash", "signature")).encode()).hexdigest()


# --- Ed25519 ------------------------------------------------------------------------------------------------------
# Points of the curve -x² + y² = 1 + d·x²·y² over the integers modulo P, as (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z.
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
Point = Tuple[int, int, int, int]


def add(a: Point, b: Point) -> Point:
    """The sum of two points."""
    difference = (a[1] - a[0]) * (b[1] - b[0]) % P
    total = (a[1] + a[0]) * (b[1] + b[0]) % P
    cross = 2 * D * a[3] * b[3] % P
    depth = 2 * a[2] * b[2] % P
    e, f, g, h = total - difference, depth - cross, depth + cross, total + difference
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiply(scalar: int, point: Point) -> Point:
    """A point added to itself `scalar` times."""
    result: Point = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point = add(point, point)
        scalar >>= 1
    return result


def point_of(text: bytes) -> Optional[Point]:
    """Unpack 32 bytes: y, and the lowest bit of x on top; None where no such point is."""
    number = int.from_bytes(text, "little")
    y, odd = number & (2**255 - 1), number >> 255
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * ROOT_OF_MINUS_ONE % P
    if y >= P or x * x % P != square or (x == 0 and odd):
        return None
    if x & 1 != odd:
        x = P - x
    return x, y, 1, x * y % P


BASE = point_of((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def is_signed(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether an Ed25519 signature fits."""
    if len(public_key) != 32 or len(signature) != 64:
        return False
    key, commitment = point_of(public_key), point_of(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or BASE is None or scalar >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public_key + message).digest(), "little") % ORDER
    left, right = multiply(scalar, BASE), add(commitment, multiply(challenge, key))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# --- the walk -------------------------------------------------------------------------------------------------------
class Walk:
    """One pass over an export; raises the first Fault."""

    def __init__(self, keys: Sequence[str] = (), anchors: Sequence[str] = ()) -> None:
        self.keys = {hashlib.sha256(base64.b64decode(key)).hexdigest()[:16]: base64.b64decode(key) for key in keys}
        self.is_key_given = bool(keys)
        self.anchors = [tuple(anchor.split(":")) for anchor in anchors]
        self.head: Dict[str, Any] = {}
        self.waiting: List[Line] = []  # the events read since the last seal
        self.last_seal: Optional[Dict[str, Any]] = None
        self.places: Dict[Tuple[str, str], str] = {}
        self.events = self.seals = self.newest = 0
        self.whole = hashlib.sha256()
        self.ended = False

    def run(self, lines: Iterable[str]) -> None:
        """Check all lines."""
        number = 0
        for number, text in enumerate(lines, 1):
            line = self.read(number, text.rstrip("\n"))
            self.take(line)
            self.whole.update(text.rstrip("\n").encode() + b"\n")
        if not self.ended:
            after = self.waiting[-1].name if self.waiting else f"line {number}"
            raise Fault("removed", f"after {after}", number + 1, "the end is missing: the export was cut here")
        self.check_anchors()

    def read(self, number: int, text: str) -> Line:
        """Parse one line; its text must be the canonical one."""
        try:
            content = json.loads(text)
        except ValueError:
            raise Fault("changed", f"line {number}", number, "this line is not JSON") from None
        if not isinstance(content, dict) or canonical(content) != text:
            raise Fault("changed", f"line {number}", number, "this line was rewritten")
        return Line(number, content)

    def take(self, line: Line) -> None:
        """Check one line by its kind."""
        kind = line.content.get("type")
        if self.ended:
            raise Fault("inserted", line.name, line.number, "there are lines behind the end")
        if (kind == "export") != (line.number == 1):
            raise Fault("changed", line.name, line.number, "an export has one head, at its top")
        checks = {"export": self.take_head, "event": self.waiting.append, "seal": self.take_seal, "end": self.take_end}
        if kind not in checks:
            raise Fault("inserted", line.name, line.number, "a line of an unknown kind")
        checks[kind](line)

    def take_head(self, line: Line) -> None:
        self.head = line.content
        if not self.is_key_given:
            self.keys = {name: base64.b64decode(key) for name, key in self.head["keys"].items()}

    def take_seal(self, line: Line) -> None:
        """Check a day: its seal first, so that its rows can be held against it."""
        seal = line.content
        if digest(seal) != seal.get("hash"):
            raise self.rows_fault(seal) or Fault("changed", line.name, line.number, "this seal was changed")
        self.check_rows(seal, line.number)
        before = self.last_seal["hash"] if self.last_seal else NOTHING_BEFORE
        is_first_of_part = self.last_seal is None and self.head.get("since")
        if seal["previous_hash"] != before and not is_first_of_part:
            raise Fault("removed", line.name, line.number, "the day sealed before this one is missing or another one")
        self.check_signature(line, canonical(without(seal, "type", "hash", "signature")))
        if seal["is_final"]:
            self.last_seal = seal
        self.events += len(self.waiting)
        self.seals += 1
        self.waiting = []

    def rows_fault(self, seal: Dict[str, Any]) -> Optional[Fault]:
        """The fault of a day's rows, if there is one."""
        try:
            self.check_rows(seal, 0)
        except Fault as fault:
            return fault
        return None

    def check_rows(self, seal: Dict[str, Any], number: int) -> None:
        """Hold a day's rows against each other and against their seal; name the first that is wrong."""
        day, rows, last = seal["chain_on"], self.waiting, NOTHING_BEFORE
        if not rows and seal["count"] and day < self.head["kept_from"]:
            return  # taken out whole by retention
        linked = {row.content.get("previous_hash") for row in rows} | {seal["last_hash"]}
        later: Dict[Any, int] = {}
        for row in rows:
            later[row.content.get("position")] = later.get(row.content.get("position"), 0) + 1
        for expected, row in enumerate(rows, 1):
            place = row.content.get("position")
            is_double = later.get(place, 0) > 1 or not isinstance(place, int) or place > seal["count"]
            if row.content.get("chain_on") != day:
                raise self.foreign(day, row)
            is_whole = digest(row.content) == row.content.get("hash")
            if is_double and not (is_whole and row.content["hash"] in linked):
                raise Fault("inserted", row.name, row.number, "this row does not belong here")
            if not is_whole:
                raise Fault("changed", row.name, row.number, "the content of this row is not what was sealed")
            if place != expected:
                raise self.misplaced(day, expected, row, later)
            if row.content["previous_hash"] != last:
                raise Fault("changed", row.name, row.number, "this row does not carry on from the one before it")
            last = row.content["hash"]
            self.places[(day, str(expected))] = last
        if len(rows) != seal["count"]:
            missing = f"{day} row {len(rows) + 1}"
            raise Fault("removed", missing, number, f"the seal counts {seal['count']} rows, {len(rows)} are here")
        if last != seal["last_hash"]:
            name = rows[-1].name if rows else day
            raise Fault("changed", name, number, "the chain of this day does not end where its seal says")

    def foreign(self, day: str, row: Line) -> Fault:
        """Why a row of another day stands among those of `day`."""
        days = [waiting.content.get("chain_on") for waiting in self.waiting]
        strangers = sum(other != day for other in days)
        if strangers > 1 and day not in days[:strangers]:
            sentence = "a day has no seal"
            return Fault("removed", f"seal {row.content.get('chain_on')}", row.number + strangers, sentence)
        return Fault("reordered", row.name, row.number, f"a row of another day stands among those of {day}")

    @staticmethod
    def misplaced(day: str, expected: int, row: Line, later: Dict[Any, int]) -> Fault:
        """Why another row stands where `expected` should."""
        if row.content["position"] < expected:
            return Fault("inserted", row.name, row.number, "a row with this place was here already")
        if expected in later:
            return Fault("reordered", row.name, row.number, f"row {expected} should stand here; it comes later")
        return Fault(
            "removed", f"{day} row {expected}", row.number, f"this row is missing before row {row.content['position']}"
        )

    def take_end(self, line: Line) -> None:
        """Check that nothing is missing between the head and the end."""
        end = line.content
        if self.waiting:
            raise Fault("removed", f"after {self.waiting[-1].name}", line.number, "the seal of this day is missing")
        if (end["events"], end["seals"]) != (self.events, self.seals):
            sentence = (
                f"the end counts {end['events']} rows and {end['seals']} seals, {self.events} and {self.seals} are here"
            )
            raise Fault("removed", line.name, line.number, sentence)
        if end["lines_hash"] != self.whole.hexdigest():
            raise Fault("changed", "export", 1, "the head or a whole day is not what was exported")
        self.check_signature(line, canonical(without(end, "signature")))
        self.ended = True

    def check_signature(self, line: Line, text: str) -> None:
        """Check who signed a seal or the end."""
        key = self.keys.get(line.content.get("key_id", ""))
        if key is None:
            raise Fault("changed", line.name, line.number, "signed with a key that is not known")
        if not is_signed(key, text.encode(), bytes.fromhex(line.content["signature"])):
            raise Fault("changed", line.name, line.number, "the signature does not fit")

    def check_anchors(self) -> None:
        """Hold what the log said against the chains."""
        for day, count, last in self.anchors:
            kept = (self.head.get("since") or self.head["kept_from"]) <= day <= (self.head.get("until") or day)
            if kept and self.places.get((day, count)) != last:
                raise Fault(
                    "removed", f"{day} row {count}", 0, "the log speaks of this row; it is missing or another one"
                )


def verify(lines: Iterable[str], keys: Sequence[str] = (), anchors: Sequence[str] = ()) -> Dict[str, Any]:
    """Check an export; return what was found, with `ok`, `events`, `seals`, `key_given` and, where wrong, the fault."""
    walk = Walk(keys, anchors)
    found: Dict[str, Any] = {"ok": True}
    try:
        walk.run(lines)
    except Fault as fault:
        found = {"ok": False, "kind": fault.kind, "where": fault.where, "line": fault.line, "why": fault.sentence}
    except (KeyError, TypeError, ValueError) as error:
        found = {
            "ok": False,
            "kind": "changed",
            "where": "",
            "line": 0,
            "why": f"a line lacks what it needs: {error!r}",
        }
    return {**found, "events": walk.events, "seals": walk.seals, "key_given": walk.is_key_given}


def main() -> int:
    """Read the file (or - for standard input), print what was found."""
    parser = argparse.ArgumentParser(description="Check an export of the record of looks.")
    parser.add_argument("export", help="the export, or - for standard input")
    parser.add_argument("--key", action="append", default=[], help="public key, base64 (may be given again)")
    parser.add_argument("--anchor", action="append", default=[], metavar="DAY:COUNT:HASH", help="a line of the log")
    wishes = parser.parse_args()
    stream = sys.stdin if wishes.export == "-" else open(wishes.export, encoding="utf-8")  # noqa: SIM115
    with stream:
        found = verify(stream, wishes.key, wishes.anchor)
    print(json.dumps(found, ensure_ascii=False))
    return 0 if found["ok"] else 1


if __name__ == "__main__":
    sys.exit(main())
