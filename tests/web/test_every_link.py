"""Wherever a page leads, there is a page: a random walk through an archive of names hard to quote."""

import html
import random
import re
from datetime import date

from search.domain import Article, CountryTag, PersonTag
from search.engines.memory import MemoryEngine
from web import create_app
from web.settings import Settings

NAMES = (
    "a " * 99, "!!! ???", "\\ \\", "\\x", "x* y?", "“a b”", "AND OR", "x" * 198 + " y", "\u202e ab", "~none",
    "-Bo", "Ann.quoted", "Bo Ra.about", "e\u0301\u0301 x", "a&b=c#d", "<b>", "%00", "z/about", "..",
    "é" * 200,
)  # fmt: skip
IDS = ("{}", "../{}", "a/{}.json", "%2e{}", "?q={}", "#{}", "é {}\n", "{}.json", "'\"{}")
STEPS = 300


def articles(rng):
    for number, name in enumerate(NAMES * 2):
        yield Article(
            IDS[number % len(IDS)].format(number),
            f"Head {name}",
            f"body oil {name} " * 5,
            rng.choice((None, date(1, 1, 1), date(9999, 12, 31), date(2020, 5, number % 28 + 1))),
            rng.choice(("day", "month", "year")),
            people=(PersonTag(name, (rng.choice(("quoted", "mentioned")),)),),
            countries=(CountryTag(rng.choice(("AZ", "XK")), "Somewhere", ("about",)),),
            outlet=rng.choice((*NAMES, None)),
            author=rng.choice(NAMES),
            language=rng.choice(("en", "xx-é", name)),
            url="javascript:alert(1)",
        )


def test_every_link_leads_to_a_page():
    rng = random.Random(21)
    app = create_app(engine=MemoryEngine(list(articles(rng))), settings=Settings())
    client = app.test_client()
    ahead = ["/", "/search?q=oil", "/search?q=head&stories=1", "/facet/person", "/facet/outlet", "/docs"]
    seen = set()
    while ahead and len(seen) < STEPS:
        address = ahead.pop(rng.randrange(len(ahead)))
        if address in seen:
            continue
        seen.add(address)
        answer = client.get(address)
        assert answer.status_code == 200, address
        if answer.mimetype == "text/html":
            links = {html.unescape(one) for one in re.findall(r'(?:href|action)="([^"]*)"', answer.text)}
            assert all(link.startswith(("/", "#")) for link in links)
            ahead += sorted({link.partition("#")[0] for link in links if link.startswith("/")} - seen)
    assert len(seen) == STEPS
