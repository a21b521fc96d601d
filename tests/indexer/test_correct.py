"""Every kind of line of a `tags.toml`: its effect on an archive, and that it goes when the line goes."""

import datetime as dt
import json
import random

import pytest
from click.testing import CliRunner

from indexer.corrections import Corrections, choose_corrections
from indexer.extract import extract
from indexer.places import gazetteer
from indexer.shared_names import DOUBTFUL
from indexer.source import Source
from indexer.tags_file import read_corrections
from search.commands import main
from search.domain import Query
from search.generation import open_index
from search.run import answer

TEXT = (
    "Milan Kroll, the mayor, met Brulo Xzand on Monday. The Iron Baker said bread was dear. Zakir Gasanov, "
    "the minister, agreed. They flew to the Land of Fire, to Jordan and to Georgia Mills. Molka was quiet."
)
ROW = {"id": "1", "title": "Bread", "text": TEXT, "outlet": "Gazette"}


def rebuilt(folder, index):
    """Build the index anew, by the file in the folder."""
    done = CliRunner().invoke(main, ["rebuild", str(folder), "--index", str(index), "--workers", "1"])
    assert done.exit_code == 0, done.output


def updated(folder, index):
    """Bring the index up to the file in the folder; the first time there is none."""
    if not index.exists():
        return rebuilt(folder, index)
    done = CliRunner().invoke(main, ["update", "--index", str(index), "--workers", "1"])
    assert done.exit_code == 0, done.output
    return None


APPLY = [pytest.param(rebuilt, id="rebuild"), pytest.param(updated, id="update")]
"""The ways in which an edit of the file reaches an index, each given the source folder and the index."""


@pytest.fixture(autouse=True)
def _uncorrected():
    """What a command chose holds for its process, which here goes on."""
    yield
    choose_corrections(Corrections())


def people(article):
    return {tag.name: "+".join(tag.roles) for tag in article.people}


def countries(article):
    return {tag.code: "+".join(tag.roles) for tag in article.countries}


def dated(article):
    return str(article.date), article.date_precision, article.date_source


def words_of(name):
    def words(article):
        tags = [tag for tag in (*article.people, *article.countries) if tag.name == name]
        return [one.surface for tag in tags for one in (*tag.title_mentions, *tag.mentions)]

    return words


def rules_of(name):
    def rules(article):
        tags = [tag for tag in (*article.people, *article.countries) if tag.name == name]
        return [one.rule for tag in tags for one in (*tag.title_mentions, *tag.mentions)]

    return rules


def language(article):
    return article.language


def shown(article):
    return {tag.name for tag in article.countries}


def has(seen, *keys):
    """Return what tells which of some keys a view of an article holds."""
    return lambda article: {key: seen(article).get(key) for key in keys if key in seen(article)}


CASES = [
    pytest.param(
        "[people]\n'Brulo Xzand' = []",
        {},
        has(people, "Brulo Xzand"),
        {},
        {"Brulo Xzand": "mentioned"},
        id="name",
    ),
    pytest.param(
        "[people]\n'Brulo Xzand' = []",
        {},
        rules_of("Brulo Xzand"),
        [],
        ["tags.toml:2 name"],
        id="receipt-of-a-name",
    ),
    pytest.param(
        "[people]\n'Brulo Xzand' = []",
        {"text": "Brulo Xzand said bread was dear."},
        has(people, "Brulo Xzand"),
        {},
        {"Brulo Xzand": "quoted"},
        id="name-is-quoted",
    ),
    pytest.param(
        "[people]\n'Brulo Xzand' = []",
        {"title": "Xzand, Brulo Xzand and bread", "text": "Bread was dear."},
        words_of("Brulo Xzand"),
        [],
        ["Brulo Xzand"],
        id="name-in-the-title",
    ),
    pytest.param(
        "[people]\n'Milan Kroll' = ['the Iron Baker']",
        {},
        words_of("Milan Kroll"),
        ["Milan Kroll"],
        ["Milan Kroll", "The Iron Baker"],
        id="alias-adds-mentions",
    ),
    pytest.param(
        "[people]\n'Milan Kroll' = ['the Iron Baker']",
        {},
        has(people, "Milan Kroll"),
        {"Milan Kroll": "mentioned"},
        {"Milan Kroll": "quoted+mentioned"},
        id="alias-is-quoted",
    ),
    pytest.param(
        "[people]\n'Zakir Hasanov' = [\n'Zakir Gasanov']",
        {},
        has(people, "Zakir Gasanov", "Zakir Hasanov"),
        {"Zakir Gasanov": "mentioned"},
        {"Zakir Hasanov": "mentioned"},
        id="alias-renames",
    ),
    pytest.param(
        "[people]\n'Zakir Hasanov' = [\n'Zakir Gasanov']",
        {},
        rules_of("Zakir Hasanov"),
        [],
        ["name list; tags.toml:3 alias of Zakir Hasanov"],
        id="receipt-of-an-alias",
    ),
    pytest.param(
        "[people]\n'ZAKIR Gasanov' = []",
        {},
        has(people, "Zakir Gasanov", "ZAKIR Gasanov"),
        {"Zakir Gasanov": "mentioned"},
        {"ZAKIR Gasanov": "mentioned"},
        id="spelling-as-written-here",
    ),
    pytest.param(
        "[people]\n'Vera Holm' = ['V. Holm']",
        {"people": ["V. Holm", "Ann Lee"]},
        people,
        {"V. Holm": "mentioned", "Ann Lee": "mentioned"},
        {"Vera Holm": "mentioned", "Ann Lee": "mentioned"},
        id="alias-of-a-given-name",
    ),
    pytest.param(
        "[people.'Vera Holm']\naliases = ['Milan Kroll']\nnever = ['Kroll']",
        {"text": "Milan Kroll, the mayor, was here. Mr. Kroll said so."},
        words_of("Vera Holm"),
        [],
        ["Milan Kroll"],
        id="never-this-person",
    ),
    pytest.param(
        "[never]\npeople = ['Milan Kroll']",
        {},
        has(people, "Milan Kroll"),
        {"Milan Kroll": "mentioned"},
        {},
        id="never-a-person",
    ),
    pytest.param(
        "[never]\npeople = ['Kroll']",
        {"text": "Milan Kroll, the mayor, was here. Mr. Kroll said so."},
        words_of("Milan Kroll"),
        ["Milan Kroll", "Kroll"],
        ["Milan Kroll"],
        id="never-a-person-by-one-word",
    ),
    pytest.param(
        "[never]\npeople = ['Vera Holm']",
        {"people": ["Vera Holm", "Ann Lee"]},
        people,
        {"Vera Holm": "mentioned", "Ann Lee": "mentioned"},
        {"Ann Lee": "mentioned"},
        id="never-a-given-person",
    ),
    pytest.param(
        "[countries]\nAZ = ['Land of Fire']",
        {},
        has(countries, "AZ"),
        {},
        {"AZ": "about+mentioned"},
        id="country",
    ),
    pytest.param(
        "[countries]\nAzerbaijan = ['Land of Fire']",
        {},
        rules_of("Azerbaijan"),
        [],
        ["tags.toml:2 alias of Azerbaijan"],
        id="receipt-of-a-country",
    ),
    pytest.param(
        "[countries]\nRS = ['Molka']",
        {"text": "MOLKA, Nov 27 - Bread was dear."},
        has(countries, "RS"),
        {},
        {"RS": "filed-from"},
        id="town-of-a-dateline",
    ),
    pytest.param(
        "[countries]\nRS = ['Molka']",
        {"text": "Bread was dear.", "dateline": "MOLKA, Nov 27"},
        has(countries, "RS"),
        {},
        {"RS": "filed-from"},
        id="town-of-a-given-dateline",
    ),
    pytest.param(
        "[countries]\nRS = ['Jordan']",
        {},
        has(countries, "RS", "JO"),
        {"JO": "about+mentioned"},
        {"RS": "about+mentioned"},
        id="country-of-another-name",
    ),
    pytest.param(
        "[countries]\nRS = ['Milan Kroll']",
        {},
        lambda article: (sorted(people(article)), sorted(countries(article))),
        (["Milan Kroll", "Zakir Gasanov"], ["GE", "JO"]),
        (["Zakir Gasanov"], ["GE", "JO", "RS"]),
        id="country-and-no-person",
    ),
    pytest.param(
        "[countries]\nAZ = ['Land of Fire']",
        {"countries": ["Land of Fire", "FR"]},
        countries,
        {"FR": "about"},
        {"AZ": "about", "FR": "about"},
        id="alias-of-a-given-country",
    ),
    pytest.param(
        "[countries]\nJO = { name = 'Hashemite Kingdom' }",
        {},
        lambda article: shown(article) - {"Georgia"},
        {"Jordan"},
        {"Hashemite Kingdom"},
        id="name-shown",
    ),
    pytest.param(
        "[never]\ncountries = ['Jordan']",
        {},
        has(countries, "JO"),
        {"JO": "about+mentioned"},
        {},
        id="never-a-country",
    ),
    pytest.param(
        "[never]\ncountries = ['to Jordan']",
        {},
        has(countries, "JO"),
        {"JO": "about+mentioned"},
        {},
        id="never-in-a-longer-phrase",
    ),
    pytest.param(
        "[countries]\nJO = { never = ['Jordan'] }",
        {"text": "They flew to Jordan and to Amman."},
        words_of("Jordan"),
        ["Jordan", "Amman"],
        ["Amman"],
        id="never-this-country",
    ),
    pytest.param(
        "[never]\ncountries = ['Baku']",
        {"text": "BAKU, Nov 27 - Bread was dear."},
        has(countries, "AZ"),
        {"AZ": "filed-from"},
        {},
        id="never-in-a-dateline",
    ),
    pytest.param(
        "[outlets]\ngazette = { language = 'az' }", {"text": "Zx."}, language, None, "az", id="language"
    ),
    pytest.param(
        "[outlets]\ngazette = { language = 'az' }",
        {"language": "fr"},
        language,
        "fr",
        "fr",
        id="given-language-wins",
    ),
    pytest.param(
        "[outlets]\nGAZETTE = { dates = 'month-first' }",
        {"date": "03/04/2024"},
        dated,
        ("None", None, "none"),
        ("2024-03-04", "day", "given"),
        id="order-of-dates",
    ),
    pytest.param(
        "[outlets]\nGazette = { zone = 'Asia/Baku' }",
        {"date": "2023-11-27T21:30:00Z"},
        dated,
        ("2023-11-27", "day", "given"),
        ("2023-11-28", "day", "given"),
        id="zone",
    ),
    pytest.param(
        "[outlets]\nGazette = { zone = 'Asia/Baku' }",
        {"date": "2023-11-27T21:30:00-05:00"},
        dated,
        ("2023-11-27", "day", "given"),
        ("2023-11-27", "day", "given"),
        id="own-clock-wins-over-the-zone",
    ),
    pytest.param(
        "[outlets]\nGazette = { never_people = ['Milan Kroll'] }",
        {},
        has(people, "Milan Kroll"),
        {"Milan Kroll": "mentioned"},
        {},
        id="never-a-person-there",
    ),
    pytest.param(
        "[outlets]\nKurier = { never_people = ['Milan Kroll'] }",
        {},
        has(people, "Milan Kroll"),
        {"Milan Kroll": "mentioned"},
        {"Milan Kroll": "mentioned"},
        id="never-a-person-elsewhere",
    ),
    pytest.param(
        "[outlets]\nGazette = { never_countries = ['Jordan'] }",
        {},
        has(countries, "JO"),
        {"JO": "about+mentioned"},
        {},
        id="never-a-country-there",
    ),
    pytest.param(
        "[articles]\n1 = { add_people = ['Ann Lee/quoted'] }",
        {},
        has(people, "Ann Lee"),
        {},
        {"Ann Lee": "quoted"},
        id="add-a-person",
    ),
    pytest.param(
        "[articles]\n1 = { add_people = ['Ann Lee'] }",
        {},
        rules_of("Ann Lee"),
        [],
        ["tags.toml:2 add person"],
        id="receipt-of-an-addition",
    ),
    pytest.param(
        "[articles]\n1 = { add_people = ['Milan Kroll/quoted'] }",
        {},
        has(people, "Milan Kroll"),
        {"Milan Kroll": "mentioned"},
        {"Milan Kroll": "quoted+mentioned"},
        id="add-a-role",
    ),
    pytest.param(
        "[articles]\n1 = { remove_people = ['Milan Kroll'], add_people = ['Milan Kroll/quoted'] }",
        {},
        has(people, "Milan Kroll"),
        {"Milan Kroll": "mentioned"},
        {"Milan Kroll": "quoted"},
        id="set-a-role",
    ),
    pytest.param(
        "[articles]\n1 = { remove_people = ['milan kroll'] }",
        {},
        has(people, "Milan Kroll"),
        {"Milan Kroll": "mentioned"},
        {},
        id="remove-a-person",
    ),
    pytest.param(
        "[articles]\n2 = { remove_people = ['Milan Kroll'] }",
        {},
        has(people, "Milan Kroll"),
        {"Milan Kroll": "mentioned"},
        {"Milan Kroll": "mentioned"},
        id="another-article",
    ),
    pytest.param(
        "[articles]\n1 = { add_countries = ['FR', 'Germany/mentioned'] }",
        {},
        has(countries, "FR", "DE"),
        {},
        {"FR": "about", "DE": "mentioned"},
        id="add-countries",
    ),
    pytest.param(
        "[articles]\n1 = { remove_countries = ['Jordan'] }",
        {},
        has(countries, "JO"),
        {"JO": "about+mentioned"},
        {},
        id="remove-a-country",
    ),
    pytest.param(
        "[articles]\n1 = { date = 2023-11-27 }",
        {},
        dated,
        ("None", None, "none"),
        ("2023-11-27", "day", "given"),
        id="date",
    ),
    pytest.param(
        "[articles]\n1.remove_people = ['Milan Kroll']\n1.add_people = ['Ann Lee']",
        {},
        has(people, "Milan Kroll", "Ann Lee"),
        {"Milan Kroll": "mentioned"},
        {"Ann Lee": "mentioned"},
        id="two-lines-of-one-article",
    ),
    pytest.param(
        "[articles]\n1 = { date = '2023-11' }",
        {"date": "2022-01-01"},
        dated,
        ("2022-01-01", "day", "given"),
        ("2023-11-01", "month", "given"),
        id="month",
    ),
    pytest.param(
        "[articles]\n1 = { date = 2023 }",
        {"date": "2022-01-01"},
        dated,
        ("2022-01-01", "day", "given"),
        ("2023-01-01", "year", "given"),
        id="year",
    ),
    pytest.param(
        "[articles]\n1 = { date = 'none' }",
        {"date": "2022-01-01"},
        dated,
        ("2022-01-01", "day", "given"),
        ("None", None, "none"),
        id="no-date",
    ),
    pytest.param(
        "[articles]\n1 = { date = 2023-11-29 }",
        {"text": "He left last Tuesday."},
        lambda article: [tag.value for tag in article.says],
        [],
        ["2023-11-28"],
        id="days-told-by-the-date",
    ),
    pytest.param(
        "[articles]\n'../../etc/passwd' = { date = 2023-11-27 }",
        {},
        dated,
        ("None", None, "none"),
        ("None", None, "none"),
        id="id-like-a-path",
    ),
    pytest.param(
        "[people]\n'(Z.*)+ [a-z]{2,}$' = ['.*Kroll']",
        {},
        lambda article: sorted(people(article)),
        ["Milan Kroll", "Zakir Gasanov"],
        ["Milan Kroll", "Zakir Gasanov"],
        id="names-like-patterns",
    ),
]


def seen(index, view):
    engine, _ = open_index(index)
    try:
        return view(engine.article("1"))
    finally:
        engine.close()


@pytest.mark.parametrize("apply", APPLY)
@pytest.mark.parametrize(("toml", "row", "view", "before", "after"), CASES)
def test_line_is_seen_and_undone(tmp_path, apply, toml, row, view, before, after):
    """Without the line, with it, and when it is taken away again."""
    folder, index = tmp_path / "in", tmp_path / "index"
    folder.mkdir()
    (folder / "a.jsonl").write_text(json.dumps(ROW | row))
    file = folder / "tags.toml"
    told = []
    for text in ("", toml, ""):
        file.write_text(text)
        apply(folder, index)
        told.append(seen(index, view))
    assert told == [before, after, before]


def corrected(tmp_path, toml, source):
    """Return what is extracted of a source by a file, and the file's part for it."""
    path = tmp_path / "tags.toml"
    path.write_text(toml)
    found = read_corrections(path)
    choose_corrections(found)
    return extract(source, today=dt.date(2024, 1, 1)), found.part_for(source)


def doubtful_senses():
    """Return each name that a country shares, with each country that it may stand for."""
    for key in sorted(DOUBTFUL):
        entry = gazetteer().entry(key)
        assert entry is not None
        for code in sorted({code for sense in entry.senses for code in sense.codes}):
            yield pytest.param(key.title(), code, id=f"{key}-{code}")


@pytest.mark.parametrize(("name", "code"), list(doubtful_senses()))
def test_a_shared_name_may_be_kept_from_each_country_it_stands_for(tmp_path, name, code):
    """The rules that choose between two places of a name are left with one of them, or none."""
    texts = (
        f"{name} was quiet, and so were Tbilisi, Amman and Kinshasa.",
        f"The {name} governor met a {name} woman in Atlanta and at Oak St., {name}, on Monday.",
        f"From {name} to {name}.",
    )
    source = Source("o", "record", " ".join(texts), title=f"{name} votes")
    found, _ = corrected(tmp_path, f"[countries]\n{code} = {{ never = ['{name}'] }}", source)
    tags = [tag for tag in found.article.countries if tag.code == code]
    marks = [mark for tag in tags for mark in (*tag.title_mentions, *tag.mentions)]
    assert name not in {mark.surface for mark in marks}


LINES = (
    ("people", "'Vera Holm' = ['Holm Vera', 'the Baker']"),
    ("people", "'Milan Kroll' = { never = ['Milan'] }"),
    ("people", "'Land of Bread' = []"),
    ("countries", "RS = ['Molka', 'Old Mill']"),
    ("countries", "JO = { never = ['Jordan'] }"),
    ("never", "people = ['Ann Lee']"),
    ("never", "countries = ['Amman', 'Baku']"),
    ("outlets", "Gazette = { zone = 'Asia/Baku', never_countries = ['Paris'] }"),
    ("outlets", "Kurier = { language = 'sr' }"),
    ("articles", "a1 = { add_people = ['Zoe Ahl'], date = 2020-01-01 }"),
    ("articles", "a2 = { remove_countries = ['FR'] }"),
)
WORDS = (  # noqa: SIM905 - prose reads better
    "Vera Holm said so . The baker Ann Lee flew to Molka and Jordan , Amman , Baku or Paris . Milan Kroll ,"
    " the mayor , met the Land of Bread at the Old Mill . Mr. Kroll agreed"
).split()


def written(lines):
    """Return a file of some of the lines, each where it stands in the file of all."""
    text, section = "", ""
    for at, (name, line) in enumerate(LINES):
        text += f"[{name}]\n" if name != section else "#\n"
        section = name
        text += f"{line}\n" if at in lines else "#\n"
    return text


def test_an_edit_changes_the_part_of_every_article_that_it_changes(tmp_path):
    """Random articles under random edits: where the part is the same, the article is."""
    rng = random.Random(11)
    unchanged = 0
    for _ in range(150):
        source = Source(
            "o",
            rng.choice(("text", "record")),
            " ".join(rng.choices(WORDS, k=rng.randint(1, 40))),
            id=rng.choice(("a1", "a2", "a3")),
            title="Bread",
            outlet=rng.choice(("Gazette", "Kurier", None)),
            date="2023-11-27T22:00:00Z",
        )
        lines = {at for at in range(len(LINES)) if rng.random() < 0.5}
        edited = lines ^ {rng.randrange(len(LINES))}
        one, other = (corrected(tmp_path, written(some), source) for some in (lines, edited))
        assert one == other or one[1] != other[1]
        unchanged += one[1] == other[1]
    assert unchanged > 30


def test_receipts_point_at_their_words(tmp_path):
    """Whatever the file says, every mention's offsets give its surface."""
    rng = random.Random(12)
    for _ in range(60):
        text = " ".join(rng.choices(WORDS, k=60))
        found, _ = corrected(
            tmp_path, written(range(len(LINES))), Source("o", "record", text, id="a1", title="The Baker")
        )
        article = found.article
        for tag in (*article.people, *article.countries):
            assert all(article.body[one.start : one.end] == one.surface for one in tag.mentions)
            assert all(article.title[one.start : one.end] == one.surface for one in tag.title_mentions)
            assert tag.mentions or tag.title_mentions
            assert tag.roles


def test_a_file_that_says_nothing_changes_nothing(tmp_path):
    source = Source("o", "record", TEXT, title="Bread")
    choose_corrections(Corrections())
    plain = extract(source)
    assert corrected(tmp_path, "[people]\n[outlets]\n", source) == (plain, "")


def test_the_id_of_an_article_stays_when_its_date_is_put_right(tmp_path):
    source = Source("o", "record", TEXT, title="Bread", date="2023-11-27")
    own = extract(source).article.id
    fixed, part = corrected(tmp_path, f"[articles]\n'{own}' = {{ date = 2020-01-01 }}", source)
    assert (fixed.article.id, fixed.article.date) == (own, dt.date(2020, 1, 1))
    assert part


@pytest.mark.parametrize(
    ("toml", "query"),
    [
        pytest.param("[people]\n'Zakir Hasanov' = ['Zakir Gasanov']", 'person:"zakir gasanov"', id="alias"),
        pytest.param("[people]\n'Zakir Hasanov' = ['Zakir Gasanov']", 'person:"Zakir Hasanov"', id="name"),
        pytest.param("[countries]\nAZ = ['Land of Fire']", 'country:"land of fire"', id="country"),
        pytest.param("[countries]\nJO = { name = 'Hashemite Kingdom' }", "country:hashemite", id="shown"),
        pytest.param(
            "[countries]\nJO = { name = 'Hashemite Kingdom' }", "country:jordan", id="no-longer-shown"
        ),
    ],
)
def test_names_of_the_file_are_understood_in_queries(tmp_path, toml, query):
    (tmp_path / "a.jsonl").write_text(json.dumps(ROW))
    (tmp_path / "tags.toml").write_text(toml)
    rebuilt(tmp_path, tmp_path / "index")
    engine, _ = open_index(tmp_path / "index")
    try:
        assert answer(engine, Query(text=query)).total == 1
    finally:
        engine.close()


def test_spellings_are_counted_under_the_name_of_the_file(tmp_path):
    """However rare it is: without the file the commonest spelling is the name."""
    text = "{}, the minister, was here."
    rows = [
        {"id": str(at), "title": "A", "text": text.format("Zoë Ahlmann" if at else "Zoe Ahlmann")}
        for at in range(4)
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    values = []
    for toml in ("", "[people]\n'Zoe Ahlmann' = []"):
        (tmp_path / "tags.toml").write_text(toml)
        rebuilt(tmp_path, tmp_path / "index")
        engine, _ = open_index(tmp_path / "index")
        values.append([tuple(one) for one in engine.values("person")])
        engine.close()
    assert values == [[("Zoë Ahlmann", "Zoë Ahlmann", 4)], [("Zoe Ahlmann", "Zoe Ahlmann", 4)]]


@pytest.mark.parametrize("apply", APPLY)
def test_a_person_is_removed_by_the_name_that_the_page_shows(tmp_path, apply):
    """Which is the spelling of other articles: the article's own name is known to nobody."""
    text = "{}, the president, met Vera Holm, the baker, in Kyiv, Ukraine."
    spelled = ["Volodymyr Zelensky", "Volodymyr Zelensky", "Volodymyr Zelenskiy"]
    rows = [{"id": str(2 - at), "title": "A", "text": text.format(one)} for at, one in enumerate(spelled)]
    folder, index = tmp_path / "in", tmp_path / "index"
    folder.mkdir()
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    told = []
    for verbs in ("", "0.remove_people = [NAME]", "0.add_people = [QUOTED]", ""):
        lines = f"[articles]\n{verbs}" if verbs else ""
        names = {"NAME": "'Volodymyr Zelensky'", "QUOTED": "'Volodymyr Zelensky/quoted'"}
        for word, name in names.items():
            lines = lines.replace(word, name)
        (folder / "tags.toml").write_text(lines)
        apply(folder, index)
        engine, _ = open_index(index)
        told.append(people(engine.article("0")))
        assert people(engine.article("1"))["Volodymyr Zelensky"] == "mentioned"
        engine.close()
    both = {"Volodymyr Zelensky": "mentioned", "Vera Holm": "mentioned"}
    quoted = {**both, "Volodymyr Zelensky": "quoted+mentioned"}
    assert told == [both, {"Vera Holm": "mentioned"}, quoted, both]


@pytest.mark.parametrize("apply", APPLY)
@pytest.mark.parametrize("verb", ["add", "remove"])
def test_who_a_fix_means_may_be_said_elsewhere_in_the_file(tmp_path, apply, verb):
    """An alias that no text has is a reason to tag again where a fix goes by it."""
    folder, index = tmp_path / "in", tmp_path / "index"
    folder.mkdir()
    text = "Vera Holm and Wanda Holm, the ministers, slept." if verb == "remove" else "Bread was dear."
    (folder / "a.jsonl").write_text(json.dumps({"id": "1", "title": "Bread", "text": text}))
    told = []
    for name in ("Vera Holm", "Wanda Holm"):
        (folder / "tags.toml").write_text(
            f"[people]\n'{name}' = ['V. Xolm']\n[articles]\n1 = {{ {verb}_people = ['V. Xolm'] }}"
        )
        apply(folder, index)
        told.append(set(seen(index, people)))
    assert told == ([{"Vera Holm"}, {"Wanda Holm"}] if verb == "add" else [{"Wanda Holm"}, {"Vera Holm"}])


def test_a_hostile_file_and_text_take_linear_time(tmp_path):
    """Thousands of names of one first word, in a text of nothing else."""
    names = ",\n".join(f"'Vera {at}'" for at in range(3_000))
    toml = (
        "[never]\npeople = ["
        + names
        + "]\n[people]\n"
        + "".join(f"'Vera Holm {at}' = []\n" for at in range(3_000))
    )
    found, _ = corrected(tmp_path, toml, Source("o", "record", "Vera Holm 7 Vera " * 3_000, title="A"))
    assert len(found.article.people[0].mentions) == 3_000


def test_the_stored_article_keeps_the_receipt_of_a_tag_without_words(tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps(ROW))
    (tmp_path / "tags.toml").write_text(
        "[articles]\n1 = { add_people = ['Ann Lee'], add_countries = ['FR'] }"
    )
    rebuilt(tmp_path, tmp_path / "index")
    told = seen(tmp_path / "index", lambda article: article)
    rules = [one.rule for tag in (*told.people, *told.countries) for one in tag.mentions if not one.surface]
    assert rules == ["tags.toml:2 add person", "tags.toml:2 add country"]
