"""Every tag of an archive keeps receipts that point at their words, through index and JSON.

With the news collection beside the checkout 200 of its articles are read; without it the seeds are.
"""

import gzip
import random
from itertools import islice
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.tags_file import read_corrections
from search.commands import main
from search.domain import Mention, PersonTag
from web import create_app
from web.mending import lines_against

ROOT = Path(__file__).parent.parent
NEWS = ROOT.parent / "shared/corpora/wikinews.jsonl.gz"
SAMPLE = 200


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """An index of the sample, and a client of its server."""
    folder = tmp_path_factory.mktemp("receipts")
    source: Path = ROOT / "seeds"
    if NEWS.exists():
        with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
            sample = random.Random(6).sample(list(lines), SAMPLE)
        source = folder / "news.jsonl"
        source.write_text("".join(sample), encoding="utf-8")
    ran = CliRunner().invoke(
        main, ["rebuild", "--index", str(folder / "index"), "--workers", "1", str(source)]
    )
    assert ran.exit_code == 0, ran.output
    return create_app(index=folder / "index").test_client()


def articles(client):
    """Yield the JSON of every article."""
    page = 1
    while hits := client.get(f"/search.json?size=50&page={page}").json["hits"]:
        yield from (client.get(f"/article/{hit['id']}.json").json for hit in hits)
        page += 1


def test_every_receipt_points_at_its_words(archive):
    tags = receipts = 0
    for article in articles(archive):
        for tag in (*article["countries"], *article["people"], *article["says"]):
            tags += 1
            told = [(article["body"], one) for one in tag["mentions"]]
            told += [(article["title"], one) for one in tag["title_mentions"]]
            assert told, (article["id"], tag)
            for text, (start, end, surface, rule) in told:
                receipts += 1
                assert text[start:end] == surface
                assert rule
    assert receipts >= tags > 5


def test_the_page_marks_the_words_of_every_tag(archive):
    for article in islice(articles(archive), 10):
        for country in article["countries"]:
            page = archive.get(f"/article/{article['id']}?show=country:{country['code']}").get_data(
                as_text=True
            )
            assert 'class="told"' in page


def test_the_lines_against_a_tag_are_read_by_what_applies_them(archive, tmp_path):
    article = next(articles(archive))
    tag = PersonTag('Vera "Bo" Holm', ("mentioned",), (Mention(0, 4, "Holm", "x"), Mention(0, 0, "", "x")))
    file = tmp_path / "tags.toml"
    for _, lines in lines_against(article["id"], tag):
        file.write_text(lines, encoding="utf-8")
        assert read_corrections(file).statements
