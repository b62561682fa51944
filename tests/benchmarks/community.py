"""What a topic and a thread cost to read, with 100 posts and with 1,000,000: `make bench-community`.

The same 60 posts of a topic and a thread of 60 replies are the newest in both; what grows is what lies behind, over two years
and all topics, each post with its writer's name. Both databases take turns, so that a busy moment of the machine meets both;
figures are medians of whole pages, read as a stranger and as a member, the first page and one deep in the past. PostgreSQL
runs with fsync on. Then the gate's latency by itself (`gate_latency`). The last line is JSON.

POSTS (1,000,000), TURNS (6), REPEATS (8) and SEED change the run.
"""

import json
import os
import time
from statistics import median
from typing import Any

from . import ground

POSTS = int(os.environ.get("POSTS", "1000000"))
FEW = 100
TURNS = int(os.environ.get("TURNS", "6"))
REPEATS = int(os.environ.get("REPEATS", "8"))
SMALL, LARGE = "bench_community", "bench_community_large"
NEWEST, REPLIES = 60, 60

_POSTS = """
    INSERT INTO community_post (public_id, topic_id, text, state, waiting_for, is_covered, written_at, slot, withdrawn_from,
                                shuffle, replies_shown, hugs_given)
    SELECT gen_random_uuid(), topics.ids[1 + n %% cardinality(topics.ids)], '', 'shown', '', false, at.slot, at.slot, '',
           (random() * 4e18)::bigint, 0, 0
      FROM (SELECT array_agg(id) AS ids FROM community_topic) topics, generate_series(1, %s) n,
           LATERAL (SELECT date_trunc('day', now()) - (4 + (n / 36) %% 2916) * interval '6 hours' AS slot) at
"""
_NAMES = """
    INSERT INTO community_alias (public_id, thread_id, member_key, name, picture, is_author, last_on, link_id)
    SELECT gen_random_uuid(), post.id, left(md5(post.id::text), 26), '慢慢走的小河', 'moon-1', true, current_date,
           gen_random_uuid()
      FROM community_post post WHERE NOT EXISTS (SELECT 1 FROM community_alias WHERE thread_id = post.id)
"""


def make_world() -> tuple[str, str]:
    """Write the newest posts and one long thread through the services; return the member's id and the thread's."""
    from cms.community.services import showing
    from cms.community.services.writing import write_post, write_reply
    from tests.factories import make_teen
    from tests.factories.community import make_topic

    topic, people = make_topic(), [make_teen(age=16) for _ in range(12)]
    threads = []
    for number in range(NEWEST):
        sent = write_post(user=people[number % 12], topic=topic, text=f"今天想说的第 {number} 件小事，慢慢说。")
        threads.append(showing.show(writing=sent.writing))
    for number in range(REPLIES):
        user = people[number % 12]
        sent = write_reply(user=user, thread_id=threads[0].public_id, text="听到了，我也有过这样的时候。")
        showing.show(writing=sent.writing)
    return str(people[0].public_id), str(threads[0].public_id)


def fill(count: int) -> None:
    """Write so many older posts, each with its writer's name, straight into the tables."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_POSTS, [count])
        cursor.execute(_NAMES)
        cursor.execute("VACUUM ANALYZE community_post")
        cursor.execute("VACUUM ANALYZE community_alias")
    connection.close()


def use(name: str) -> None:
    """Read from this database from now on."""
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = name
    connection.ensure_connection()


def read(client: Any, url: str) -> tuple[float, int]:
    """Return how many milliseconds a page took, and how many statements."""
    from django.db import connection

    statements = 0

    def counted(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal statements
        statements += 1
        return execute(sql, params, many, context)

    begun = time.perf_counter()
    with connection.execute_wrapper(counted):
        answer = client.get(url)
    took = (time.perf_counter() - begun) * 1000
    assert answer.status_code == 200, f"{url}: {answer.status_code}"
    return took, statements


def pages(member_id: str, thread_id: str) -> dict[str, tuple[Any, str]]:
    """Return name -> (browser, address); the deep page lies a year back, where there is one."""
    from datetime import timedelta

    from django.test import Client
    from django.utils import timezone

    from cms.community.models import Post
    from marketplace.accounts.models import User
    from tests.factories import signed_in

    stranger, member = Client(), signed_in(User.objects.get(public_id=member_id))
    stranger.cookies["age_band"] = "15-18"
    thread = Post.objects.select_related("topic").get(public_id=thread_id)
    older = (
        Post.objects.filter(topic=thread.topic, slot__lt=timezone.now() - timedelta(days=300)).order_by("-slot").first()
    )
    older = older or Post.objects.filter(topic=thread.topic).order_by("slot").last()
    topic = f"/community/topic/{thread.topic.slug}/"
    return {
        "feed": (stranger, topic),
        "feed_member": (member, topic),
        "feed_deep": (stranger, f"{topic}?before={older.public_id}" if older else topic),
        "thread": (stranger, f"/community/thread/{thread_id}/"),
        "thread_member": (member, f"/community/thread/{thread_id}/"),
    }


def measure(ids: tuple[str, str]) -> dict[str, dict[str, tuple[float, int]]]:
    """Return page -> database -> (median milliseconds, statements)."""
    took: dict[tuple[str, str], list[float]] = {}
    statements: dict[tuple[str, str], int] = {}
    for _ in range(TURNS):
        for name in (SMALL, LARGE):
            use(name)
            for page, (client, url) in pages(*ids).items():
                read(client, url)
                for _ in range(REPEATS):
                    milliseconds, counted = read(client, url)
                    took.setdefault((page, name), []).append(milliseconds)
                    statements[page, name] = max(counted, statements.get((page, name), 0))
    names = dict.fromkeys(page for page, _ in took)
    return {
        page: {name: (median(took[page, name]), statements[page, name]) for name in (SMALL, LARGE)} for page in names
    }


def main() -> None:
    """Make both databases, measure, and say it."""
    ground.prepare(SMALL)
    ids = make_world()
    fill(FEW - NEWEST)
    ground.copy_database(SMALL, LARGE)
    use(LARGE)
    fill(POSTS - FEW)
    found = measure(ids)
    for page, by_name in found.items():
        (small, few), (large, many) = by_name[SMALL], by_name[LARGE]
        print(f"{page}: {small:.1f} ms, {few} statements; with {POSTS:,} posts {large:.1f} ms, {many} statements")
    from .gate_latency import gate_p99_ms

    figures = {
        "queries_feed": found["feed"][LARGE][1],
        "queries_thread": found["thread"][LARGE][1],
        "queries_flat": all(by_name[LARGE][1] <= by_name[SMALL][1] for by_name in found.values()),
        "cost_1m_over_100": round(max(by_name[LARGE][0] / by_name[SMALL][0] for by_name in found.values()), 2),
        "posts": POSTS,
        "feed_ms": round(found["feed"][LARGE][0], 1),
        "gate_p99_ms": gate_p99_ms(),
    }
    from django.db import connection

    connection.close()
    ground.drop_database(LARGE)
    ground.leave()
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
