"""Whether anything of the highest grade can be read in what the site keeps: `make show-secrets`.

A canary is planted in every field of grade L4, as the grades name them; a parent, one of our staff and a visitor walk
through the site under gunicorn and write more of them; then every table, all of Redis and every log is searched for them,
plain, escaped, as base64 in each alignment, hex, URL-encoded and UTF-16. Canaries written in clear must be found the same way.
SEED makes other canaries. The last line is JSON.
"""

import json
import os
import sys
import time
from random import Random

from . import ground

SEED = int(os.environ.get("SEED", "20261122"))
DATABASE = "show_secrets"


def main() -> None:
    ground.prepare(DATABASE)
    from django.core.cache import cache

    from marketplace.core.embedded import serving
    from tests.support.http import gunicorn, log_of, reserved_port
    from tests.support.secret_search import search

    cache.clear()
    application = "marketplace.wsgi:application"
    log = log_of(application)
    options = ("--threads=4", "--timeout=120", *serving.ACCESS_LOG)
    begun = time.perf_counter()
    with reserved_port() as port, gunicorn(application, port, *options, path="/healthz") as url:
        result = search(url=url, log=log, folders=[ground.PLACE.logs, log.parent], dice=Random(SEED))
    print(
        f"walked {result.pages} pages and searched {result.searched_bytes / 1e6:.1f} MB"
        f" in {time.perf_counter() - begun:.0f} s"
    )
    for canary in result.planted:
        print(f"{'FOUND in ' + result.found[canary] if canary in result.found else 'not found':<12} {canary.place}")
    for canary in result.controls:
        print(f"{result.controls_found.get(canary, 'MISSED'):<32} {canary.place}")
    ground.leave()
    counts = {
        "planted": len(result.planted),
        "found": len(result.found),
        "controls_found": len(result.controls_found),
        "controls": len(result.controls),
    }
    print(json.dumps(counts))
    if result.found or len(result.controls_found) != len(result.controls):
        sys.exit(1)


if __name__ == "__main__":
    main()
