"""The five dispatches: they keep the forms they were written in, and give the tags their README names.

The documents that the project was ordered with are read as well where they lie beside the checkout.
"""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from search.commands import main
from web import create_app
from web.settings import Settings

ROOT = Path(__file__).parent.parent
OWN = ROOT / "seeds"
ORDERED = ROOT.parent / "shared/seeds"
ABSENT = (
    "the documents that the project was ordered with are not beside this checkout; its own five are tested"
)
RUN = 6
"""Words in a row that two texts share only when one was copied."""

FOLDERS = [
    pytest.param(OWN, id="own"),
    pytest.param(ORDERED, id="ordered", marks=pytest.mark.skipif(not ORDERED.is_dir(), reason=ABSENT)),
]


def expected() -> list[tuple[str, ...]]:
    """Return the rows of the README's table: file, form, date, countries and persons."""
    lines = (OWN / "README.md").read_text(encoding="utf-8").splitlines()
    cells = [
        tuple(cell.strip(" `") for cell in line.strip("|").split("|")) for line in lines if ".txt" in line
    ]
    return [row for row in cells if len(row) == 5]


ROWS = expected()


def dateline(*arguments):
    """Run the command as a shell would."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module", params=FOLDERS)
def tagged(request):
    """What `dateline tag` prints for each file, by its name."""
    result = dateline("tag", *sorted(request.param.glob("*.txt")))
    assert result.exit_code == 0, result.output
    return {row["id"]: row for row in map(json.loads, result.stdout.splitlines())}


@pytest.fixture(scope="module", params=FOLDERS)
def client(request, tmp_path_factory):
    """A client of the application over the index of one folder, built by the command."""
    index = tmp_path_factory.mktemp("seeds") / "index"
    result = dateline("rebuild", request.param, "--index", index)
    assert result.exit_code == 0, result.output
    return create_app(index, settings=Settings()).test_client()


def test_there_are_five():
    assert [row[0] for row in ROWS] == sorted(path.name for path in OWN.glob("*.txt"))
    assert len(ROWS) == 5


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:3])
def test_date(tagged, row):
    article = tagged[Path(row[0]).stem]
    date, _, source = row[2].replace("`", "").partition(" ")
    assert (article["date"] or "none", article["date_source"]) == (date, source.strip("()") or "none")
    assert article["date_precision"] == (None if date == "none" else "day")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:3])
def test_countries(tagged, row):
    article = tagged[Path(row[0]).stem]
    assert sorted(tag["code"] for tag in article["countries"]) == row[3].split()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:3])
def test_persons(tagged, row):
    """Each by one name, and nobody else: an author is no person of the article."""
    article = tagged[Path(row[0]).stem]
    assert sorted(tag["name"] for tag in article["people"]) == row[4].split(", ")


def test_author(tagged):
    assert tagged["003_f97a6143e291fa60"]["author"] == "Sabina Alizade"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:3])
def test_every_mention_points_at_its_surface(tagged, row):
    article = tagged[Path(row[0]).stem]
    for tag in (*article["countries"], *article["people"]):
        assert tag["mentions"] or tag["title_mentions"]
        for text, mentions in (("body", "mentions"), ("title", "title_mentions")):
            for start, end, surface, rule in tag[mentions]:
                assert article[text][start:end] == surface
                assert rule


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:3])
def test_no_furniture_is_left(tagged, row):
    body = tagged[Path(row[0]).stem]["body"]
    furniture = (
        "Leave a Reply|email address|A\\+ A-|Slider Image|Gallery Image|Loading|Latest See|Follow us|UTC"
    )
    assert not re.search(furniture, body)
    assert not body.startswith(tagged[Path(row[0]).stem]["title"] + "\n")


@pytest.mark.parametrize(("word", "articles"), [("Hasanov", 5), ("Burchuladze", 2), ("Chikovani", 1)])
def test_word_is_found_and_marked(client, word, articles):
    answer = client.get(f"/search.json?q={word}").get_json()
    assert answer["total"] == len(answer["hits"]) == articles
    for hit in answer["hits"]:
        marked = [hit["snippet"][start:end] for start, end in hit["marks"]]
        assert word in marked


def test_facets_stay_when_one_is_picked(client):
    """The archive holds the five dispatches and no page about them."""
    answer = client.get("/search.json?q=").get_json()
    assert answer["total"] == 5
    counts = {value["value"]: value["count"] for value in answer["facets"]["country"]}
    assert counts == {"AZ": 5, "GE": 3, "TR": 1, "RS": 1, "IR": 1, "AM": 1}
    narrowed = client.get("/search.json?country=GE").get_json()
    assert narrowed["total"] == 3
    assert {value["value"]: value["count"] for value in narrowed["facets"]["country"]} == counts


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize(
    ("number", "form"),
    [
        pytest.param("000", r"\A[^\n]{20,90}\n\n[^\n]{200,}", id="title-on-the-first-line"),
        pytest.param("000", r"\n\nLeave a Reply\n\n[^\n]{20,100}\Z", id="reply-form-at-the-end"),
        pytest.param("001", r"\A\w+\.\w+\n\n\w+day \w+ \d+ \d{4}\n\n", id="banner-with-a-date"),
        pytest.param(
            "001",
            r"(?m)^(.{20,})\n\n27 November 2023 18:40 \(UTC\+04:00\)\n\1$",
            id="title-twice-round-a-date",
        ),
        pytest.param(
            "001",
            r"(?s)---\n\nFollow us on Twitter @\w+\n\nSlider Image 1\n.* - Gallery Image\n",
            id="slider",
        ),
        pytest.param(
            "002", r"\AGeorgian Defense Minister Juansher Burchuladze", id="begins-with-its-sentence"
        ),
        pytest.param("003", r"\A date 2024-06-20 \S[^\n]{20,80}\nBy Sabina AlizadeThe visit", id="all-glued"),
        pytest.param("004", r"\A(.{20,})\n\n\1\nA\+ A-\n", id="doubled-title-and-buttons"),
    ],
)
def test_form(folder, number, form):
    (path,) = folder.glob(f"{number}_*.txt")
    assert re.search(form, path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("number", ["000", "002", "004"])
def test_dispatch_without_a_date_has_none(number):
    (path,) = OWN.glob(f"{number}_*.txt")
    assert not re.search(r"\d{4}-\d\d|\d \w+ \d{4}|\w+ \d+,? \d{4}", path.read_text(encoding="utf-8"))


def runs(text: str) -> set[tuple[str, ...]]:
    """Return every run of words inside a line; the line of the date must be the same and is left out."""
    found = set()
    for line in text.splitlines():
        words = re.findall(r"\w+", line.casefold())
        if not line.startswith("27 November 2023"):
            found |= {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
    return found


@pytest.mark.skipif(not ORDERED.is_dir(), reason=ABSENT)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:3])
def test_no_sentence_is_copied(row):
    own, ordered = ((folder / row[0]).read_text(encoding="utf-8") for folder in (OWN, ORDERED))
    assert runs(own)
    assert runs(own) & runs(ordered) == set()


def test_copied_words_would_be_seen():
    assert runs("He said that the two ministers met in Baku.") & runs(
        "And the two ministers met in Baku today"
    )
    assert not runs("one two three four five\nsix") & runs("one two three four five six")
