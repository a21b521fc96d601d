"""`tags.toml`: what is read, and what is refused with its line."""

import datetime as dt
import os
import re

import pytest

from indexer.corrections import Corrections, Statement
from indexer.days import Day
from indexer.tags_file import BYTES, STATEMENTS, TagsError, found_corrections, read_corrections
from web.mending import toml_text

WHOLE = """
[people]
"Vera Holm" = ["V. Holm", "Wera Holm"]
"Milan Kroll" = { aliases = ["the Baker"], never = ["Milan"] }

[countries]
AZ = ["Land of Fire"]
Georgia = { never = ["Georgia Mills"], name = "Sakartvelo" }

[never]
people = ["Premier Bakery"]
countries = ["Jordan Street"]

[outlets."gazette.example"]
language = "en"
zone = "Asia/Baku"
dates = "day-first"
never_people = ["Bella Vista"]

[articles]
"a/1" = { add_people = ["Ann Lee/quoted"], remove_countries = ["US"], date = 2023-11-27 }
"a/2" = { date = "none" }
"""


def read(tmp_path, text):
    path = tmp_path / "tags.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_corrections(path)


def test_every_statement_has_its_line(tmp_path):
    assert read(tmp_path, WHOLE).statements == (
        Statement(3, "alias of Vera Holm", "V. Holm"),
        Statement(3, "alias of Vera Holm", "Wera Holm"),
        Statement(3, "name", "Vera Holm"),
        Statement(4, "alias of Milan Kroll", "the Baker"),
        Statement(4, "name", "Milan Kroll"),
        Statement(4, "never Milan Kroll", "Milan"),
        Statement(7, "alias of Azerbaijan", "Land of Fire"),
        Statement(8, "name of Georgia", "Sakartvelo"),
        Statement(8, "never Georgia", "Georgia Mills"),
        Statement(11, "never a person", "Premier Bakery"),
        Statement(12, "never a country", "Jordan Street"),
        Statement(15, "language of gazette.example", "en"),
        Statement(16, "zone of gazette.example", "Asia/Baku"),
        Statement(17, "dates of gazette.example", "day-first"),
        Statement(18, "never a person", "Bella Vista"),
        Statement(21, "add person", "Ann Lee/quoted"),
        Statement(21, "date", "2023-11-27"),
        Statement(21, "remove country", "US"),
        Statement(22, "date", "none"),
    )


def test_what_is_said_of_outlets_and_articles(tmp_path):
    found = read(tmp_path, WHOLE)
    outlet = found.outlet("www.Gazette.example")
    assert (outlet.language, outlet.zone, outlet.order) == ("en", "Asia/Baku", "day-first")
    assert found.fix("a/1").day == Day(dt.date(2023, 11, 27), "day")
    assert (found.fix("a/2").dated.line, found.fix("a/2").day) == (22, None)
    assert found.fix("a/3") is None


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        pytest.param("\n[peple]\n", 2, 'is "people" meant', id="unknown-section"),
        pytest.param('[people]\n"A B" = { alises = [] }', 2, 'is "aliases" meant', id="unknown-key"),
        pytest.param("[people]\nx = 1", 2, "takes a list of aliases", id="number-for-a-list"),
        pytest.param("people = 3", 1, "is a table", id="number-for-a-table"),
        pytest.param("[never]\npeople = [\n'A',\n3]", 4, "is no text", id="number-in-a-list"),
        pytest.param("[never]\npeople = 'A'", 2, "takes a list", id="text-for-a-list"),
        pytest.param("[people]\n'A' = []\n[people]\n", 3, "no TOML", id="table-twice"),
        pytest.param("[people]\n'A B' = []\n'A B' = []", 3, "join the two", id="name-twice"),
        pytest.param("[people]\n'A B' = []\n'a b' = []", 3, 'the name "A B" of line 2', id="name-in-small"),
        pytest.param("[people]\n'A B'=['C']\n'D E'=['c']", 3, "alias of A B on line 2", id="alias-of-two"),
        pytest.param("[people]\n'A B'=['C']\n[countries]\nAZ=['C']", 4, "alias of A B", id="of-two-kinds"),
        pytest.param("[people]\n'A'=['B']\n'B'=['C']\n'C'=[]", 2, "aliases lead to one name", id="chain"),
        pytest.param("[people]\n'A'=['B']\n'B'=['A']", 2, "go in a circle", id="circle-of-two"),
        pytest.param("[people]\n'A'=['B']\n'B'=['C']\n'C'=['A']", 2, "go in a circle", id="circle-of-three"),
        pytest.param("[people]\n'A B' = []\n[never]\npeople=['a b']", 4, "a name on line 2", id="and-never"),
        pytest.param('[people]\n"A\\u0007" = []', 2, "cannot be seen", id="control-sign"),
        pytest.param('[people]\n"A\\u202e" = []', 2, "cannot be seen", id="turned-text"),
        pytest.param("[people]\n'.*' = []", 2, "has no word", id="pattern-without-a-word"),
        pytest.param("[people]\n'' = []", 2, "is not blank", id="blank"),
        pytest.param(f"[people]\n'{'a' * 201}' = []", 2, "has 201 characters", id="long-name"),
        pytest.param(f"[people]\n'{'a ' * 13}a' = []", 2, "is too long", id="many-words"),
        pytest.param("[countries]\nQQ = []", 2, "is no country", id="unknown-country"),
        pytest.param("[countries]\nAZ={name='X'}\nAzerbaijan={name='Y'}", 3, "on line 2", id="two-names"),
        pytest.param("[outlets]\na = { zone = 'Asia/Bakku' }", 2, 'is "Asia/Baku" meant', id="zone"),
        pytest.param("[outlets]\na = { zone = '../../etc/passwd' }", 2, "no time zone", id="zone-as-a-path"),
        pytest.param("[outlets]\na = { dates = 'us' }", 2, "day-first or month-first", id="order"),
        pytest.param("[outlets]\na = { language = '!' }", 2, "is no language", id="language"),
        pytest.param("[articles]\n'' = {}", 2, "it is empty", id="empty-id"),
        pytest.param("[outlets]\nA={}\n'www.a'={}", 3, "stands here twice", id="outlet-twice"),
        pytest.param("[articles]\nx = { date = 7 }", 2, "is no date", id="number-for-a-date"),
        pytest.param("[articles]\nx = { date = 10:00:00 }", 2, '"10:00:00" is no date', id="time-for-a-date"),
        pytest.param("[articles]\nx = { date = ['2023'] }", 2, "a list is no date", id="list-for-a-date"),
        pytest.param("[articles]\nx = { date = 20230101 }", 2, "is no date", id="digits-for-a-date"),
        pytest.param("[articles]\nx = { date = '2023-02-31' }", 2, "is no date", id="no-such-day"),
        pytest.param("[articles]\nx = { add_countries = ['AZ/abut'] }", 2, "behind a /", id="unknown-role"),
        pytest.param("[articles]\nx = { remove_people = ['A/quoted'] }", 2, "leave out", id="role-removed"),
        pytest.param("[people]\n'A B' = [\n'C',\n", 3, "no TOML", id="unclosed"),
        pytest.param(b"[people]\n'\xff' = []", 2, "not UTF-8", id="no-utf-8"),
        pytest.param("#\n" * (BYTES // 2) + "#", BYTES // 2 + 1, "goes on past", id="huge"),
        pytest.param(
            "[never]\npeople = [\n" + "".join(f"'n{i}',\n" for i in range(STATEMENTS + 1)) + "]",
            STATEMENTS + 3,
            "more than",
            id="too-many",
        ),
    ],
)
def test_refused_with_the_line(tmp_path, text, line, message):
    with pytest.raises(TagsError) as caught:
        read(tmp_path, text)
    told = str(caught.value)
    assert told.startswith(f"{tmp_path / 'tags.toml'}:{line}: ")
    assert message in told
    assert told.isprintable()
    assert len(told) < 400


@pytest.mark.parametrize(
    "name", ["(a+)+$", "[A-Z]*", "../../etc/passwd", "%s {0} $(rm)", "<b>Ann</b>", "a' OR 'x"], ids=str
)
def test_words_are_neither_patterns_nor_paths(tmp_path, name):
    """They are taken as words; in a text they match those words alone."""
    found = read(tmp_path, f'[people]\n"{name}" = []\n[articles]\n"{name}" = {{ date = "2023" }}')
    assert found.named[0].value == name
    assert found.fix(name)
    assert found.names.find("aaaa ABC anything else") == []


@pytest.mark.parametrize(
    "article_id", [" a", "a ", "a\nb", "a\u00a0b", "a\u200fb", "\x01", "a" * 300], ids=ascii
)
def test_any_id_names_its_article(tmp_path, article_id):
    """As the article page writes it: sources give ids of whatever characters."""
    told = read(tmp_path, f"[articles]\n{toml_text(article_id)}.date = 2024-01-05")
    assert told.fix(article_id).day == Day(dt.date(2024, 1, 5), "day")


def test_an_alias_that_differs_in_accents_alone_says_nothing_more(tmp_path):
    said = read(tmp_path, '[people]\n"Zoë Ahlm" = ["Zoe Ahlm", "ZOE AHLM", "Z. Ahlm"]').statements
    assert [one.words for one in said] == ["Z. Ahlm", "Zoë Ahlm"]


def test_the_file_given_wins_over_that_of_a_source(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
        (folder / "tags.toml").write_text("[people]\n'Vera Holm' = []\n")
    assert found_corrections(one / "tags.toml", [other]).statements[0].words == "Vera Holm"
    assert found_corrections(None, [one]).statements
    assert found_corrections(None, [tmp_path]) == Corrections()
    with pytest.raises(TagsError, match=re.escape("name the one to use with --tags")):
        found_corrections(None, [one, other])


def test_a_file_that_is_not_there_or_none_is_named(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for name in ("missing.toml", "pipe", "."):
        with pytest.raises(TagsError, match="cannot be read"):
            read_corrections(tmp_path / name)
