#!/usr/bin/env python3
"""Compute a week's fairness again from its published rows, with Python's standard library and nothing else.

    python3 verify_fairness.py xinqiao-fairness-2026-11-16.json [--day 2026-11-17]

It prints one JSON object: the figures computed from the rows, whether they are the published ones, and, with --day, the
services in the order in which equals stood on that day. The exit code is 0 when the figures agree and 1 otherwise.
"""

import argparse
import hashlib
import json
import sys
from typing import Any, Dict, List, Optional, Sequence

#: Turns go from 0 up to this.
TURNS = 1000


def gini(amounts: Sequence[float]) -> Optional[float]:
    """Half the relative mean difference; None where nothing was shared out."""
    ordered, total = sorted(amounts), sum(amounts)
    if total <= 0:
        return None
    weighted = sum((2 * place - len(ordered) - 1) * amount for place, amount in enumerate(ordered, start=1))
    return max(weighted / (len(ordered) * total), 0.0)


def turn_of(day: str, product: int) -> int:
    """A service's turn among equals on a day."""
    return int(hashlib.sha256(("%s:%d" % (day, product)).encode()).hexdigest()[:8], 16) % TURNS


def table(content: Dict[str, Any], key: str) -> List[List[Any]]:
    """The rows of one table."""
    return next(section["rows"] for section in content["sections"] if section["key"] == key)


def rounded(value: Optional[float]) -> Optional[float]:
    """Six places, as published."""
    return None if value is None else round(value, 6)


def computed(content: Dict[str, Any]) -> Dict[str, Any]:
    """The figures, from the rows: id, partner, is new, times shown, free hours."""
    rows = table(content, "services")
    shown = sum(row[3] for row in rows)
    new = [row for row in rows if row[2]]
    share = rounded(sum(row[3] for row in new) / shown) if shown else None
    part = rounded(len(new) / len(rows)) if rows else None
    holds = not part or share is None or share >= content["facts"]["floor"] * part
    return {
        "gini": rounded(gini([row[3] for row in rows])),
        "gini_by_merit": rounded(gini([row[3] / max(row[4], 1.0) for row in rows])),
        "new_share": share,
        "new_part": part,
        "floor": "holds" if holds else "fails",
    }


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """Read, compute, compare."""
    parser = argparse.ArgumentParser(description="Compute a week's fairness again.")
    parser.add_argument("report")
    parser.add_argument("--day", help="also show the order among equals of this day")
    options = parser.parse_args(arguments)
    with open(options.report, encoding="utf-8") as file:
        content = json.load(file)
    figures = computed(content)
    published = dict(table(content, "measures"))
    answer: Dict[str, Any] = {"figures": figures, "agrees": figures == published}
    if options.day:
        answer["order"] = sorted(
            (row[0] for row in table(content, "services")), key=lambda pk: (turn_of(options.day, pk), -pk)
        )
    print(json.dumps(answer, ensure_ascii=False))
    return 0 if answer["agrees"] else 1


if __name__ == "__main__":
    sys.exit(main())
