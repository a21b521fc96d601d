"""Who is found in an article, under which name, where, and whether they are quoted."""

import random
from itertools import pairwise
from pathlib import Path

import pytest

from indexer.people import tag_people
from search.domain import PersonTag

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


def names(tags: tuple[PersonTag, ...]) -> set[str]:
    return {tag.name for tag in tags}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            "The visitor met the Minister of Defense of Georgia, Mr. Davit Lomidze, in a tent.",
            {"Davit Lomidze"},
            id="minister-of-somewhere-comma-mr",
        ),
        pytest.param(
            "The Minister of Defense of Georgia, Irakli Chikovani, is here.",
            {"Irakli Chikovani"},
            id="apposed-to-a-title",
        ),
        pytest.param(
            "Minister of Defense Irakli Chikovani spoke.", {"Irakli Chikovani"}, id="title-with-complement"
        ),
        pytest.param("Colonel-General Karim Valiyev came.", {"Karim Valiyev"}, id="hyphenated-rank"),
        pytest.param("Colonel General Z. Hasanov came.", {"Z. Hasanov"}, id="rank-initial-surname"),
        pytest.param("President Ilham Aliyev came.", {"Ilham Aliyev"}, id="president"),
        pytest.param(
            "Serbian political scientist Stefan Gaich disagreed.", {"Stefan Gaich"}, id="role-in-lower-case"
        ),
        pytest.param("U.S. Treasury Secretary James Baker left.", {"James Baker"}, id="u-s-secretary"),
        pytest.param("Prime Minister Nakasone left.", {"Nakasone"}, id="title-and-surname-alone"),
        pytest.param("Secretary of State Anna Holm left.", {"Anna Holm"}, id="secretary-of-state"),
        pytest.param("Mr. Kovalenko, 61, grows pears.", {"Kovalenko"}, id="honorific"),
        pytest.param("Queen Elizabeth II opened a bridge.", {"Elizabeth II"}, id="queen-with-numeral"),
        pytest.param("A tailor, Peter Novak, sewed it.", {"Peter Novak"}, id="listed-names-alone"),
        pytest.param("Then Thomas A. Miller rose.", {"Thomas A. Miller"}, id="middle-initial"),
        pytest.param("We asked George Palmer Jr. about it.", {"George Palmer Jr"}, id="suffix"),
        pytest.param(
            "Xelja Qorvat, 45, a baker, wept.", {"Xelja Qorvat"}, id="unlisted-with-an-age-and-role"
        ),
        pytest.param("It was Xelja Qorvat, who lives nearby.", {"Xelja Qorvat"}, id="unlisted-with-who"),
        pytest.param("It was Xelja Qorvat.", set(), id="unlisted-without-a-sign"),
    ],
)
def test_titles_roles_and_lists_make_persons(body, expected):
    assert names(tag_people("", body)) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("Milan Mojsilović sat down.", {"Milan Mojsilović"}, id="accents"),
        pytest.param("Then Gabriel García Márquez wrote.", {"Gabriel García Márquez"}, id="two-surnames"),
        pytest.param("Then Charles de Gaulle rose.", {"Charles de Gaulle"}, id="de"),
        pytest.param("Then Ludwig von Beethoven rose.", {"Ludwig von Beethoven"}, id="von"),
        pytest.param("Mr. van der Berg rose.", {"van der Berg"}, id="particles-behind-a-title"),
        pytest.param("Then Bashar al-Assad rose.", {"Bashar al-Assad"}, id="al"),
        pytest.param("Then Mohammed bin Salman rose.", {"Mohammed bin Salman"}, id="bin"),
        pytest.param("Then Jean-Luc Martin rose.", {"Jean-Luc Martin"}, id="hyphen"),
        pytest.param("Then Sean O'Brien rose.", {"Sean O'Brien"}, id="apostrophe"),
        pytest.param("Then Sean O’Brien rose.", {"Sean O’Brien"}, id="curly-apostrophe"),
        pytest.param("Then Ian McDonald rose.", {"Ian McDonald"}, id="inner-capital"),
        pytest.param("Владимир Иванов молчал.", {"Владимир Иванов"}, id="cyrillic"),
        pytest.param("Then Kim Dae-jung rose.", {"Kim Dae-jung"}, id="family-name-first"),
        pytest.param("Then Theresa May rose.", {"Theresa May"}, id="surname-that-is-a-month"),
        pytest.param("Then Michael Jordan rose.", {"Michael Jordan"}, id="surname-that-is-a-country"),
        pytest.param("Then Larry King rose.", {"Larry King"}, id="surname-that-is-a-title"),
        pytest.param("Then Antonio\nMonteiro rose.", {"Antonio Monteiro"}, id="wrapped-line"),
    ],
)
def test_names_of_many_shapes(body, expected):
    assert names(tag_people("", body)) == expected


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("The Mehr News Agency reported it.", id="agency"),
        pytest.param("The Armed Forces marked Independence Day.", id="forces-and-holiday"),
        pytest.param("A Strategic Partnership grows in the South Caucasus.", id="partnership-and-region"),
        pytest.param("The Ministry of Defense and the General Staff agreed.", id="ministry"),
        pytest.param("Johnson & Johnson rose, Morgan Stanley fell.", id="firms-without-a-sign"),
        pytest.param("Smith Barney Inc and Ford Motor Co gained.", id="firms-with-a-sign"),
        pytest.param("Martin Baker Ltd makes seats.", id="firm-of-two-names"),
        pytest.param("Thomas Miller <TML> said it earned more.", id="ticker"),
        pytest.param("They met in John Smith Street.", id="street"),
        pytest.param("The George Washington Bridge is closed.", id="bridge"),
        pytest.param("The frigate sank off San Jose and Santa Maria.", id="holy-places"),
        pytest.param("He holds the Peter Novak Prize.", id="prize"),
        pytest.param("She teaches at the University of John Carter.", id="university-of"),
        pytest.param("Mark my words. Will it rain? Hope springs. May comes.", id="words-that-are-names"),
        pytest.param("In New York, Los Angeles and Tel Aviv it rained.", id="cities"),
        pytest.param("On Monday, January 5, it snowed. Jan. 6 was dry.", id="dates"),
        pytest.param("However, During, Moreover, Despite.", id="sentence-openers"),
        pytest.param("Georgian Defense Minister Visits Azerbaijan\n\nIt was a short visit.", id="heading"),
        pytest.param("NATO and ADEX met the IAEA in the LaserJet hall.", id="acronyms-and-brands"),
        pytest.param("", id="empty"),
        pytest.param(" \n\t ", id="blank"),
        pytest.param("\ud800\udfff", id="lone-surrogates"),
        pytest.param("12 345 -- ... 'n' \"\"", id="no-words"),
    ],
)
def test_these_are_nobody(body):
    assert tag_people("", body) == ()


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        pytest.param(
            "HASANOV IN TBILISI", "Zakir Hasanov came.", {"Zakir Hasanov": ["HASANOV"]}, id="capitals"
        ),
        pytest.param(
            "Hasanov Hosts A Large Delegation",
            "Zakir Hasanov came.",
            {"Zakir Hasanov": ["Hasanov"]},
            id="title-case",
        ),
        pytest.param(
            "Zakir Hasanov goes home", "Mr. Hasanov left.", {"Hasanov": ["Hasanov"]}, id="surname-alone"
        ),
        pytest.param("Strategic Partnership Grows Fast", "It did.", {}, id="nobody-in-title-case"),
        pytest.param("Georgian Defense Minister Visits Azerbaijan", "He did.", {}, id="title-without-a-name"),
        pytest.param(
            "PRESIDENT REAGAN HOSTS TALKS", "It is so.", {"REAGAN": ["REAGAN"]}, id="title-and-listed-name"
        ),
        pytest.param("FARM GROUPS OPPOSE POLICY CHANGES", "They do.", {}, id="verbs-in-capitals"),
        pytest.param("BAKER INTERNATIONAL RISES", "Mr. Baker sold.", {"Baker": []}, id="firm-of-that-name"),
        pytest.param("John Smith Wins", "It is over.", {}, id="unconfirmed"),
    ],
)
def test_a_headline_only_confirms(title, body, expected):
    """A headline's capitals prove nothing: its names are the body's, or stand behind a title."""
    found = {tag.name: [m.surface for m in tag.title_mentions] for tag in tag_people(title, body)}
    assert found == expected


@pytest.mark.parametrize(
    ("body", "author", "expected"),
    [
        pytest.param(
            "By Vera Holm\nThe tent of Peter Novak fell.", "Vera Holm", {"Peter Novak"}, id="byline"
        ),
        pytest.param("By Vera Holm\nThe tent fell.", None, set(), id="byline-without-being-told"),
        pytest.param(
            "By Vera Holm\nThe tent fell. Later Vera Holm was thanked.",
            "Vera Holm",
            {"Vera Holm"},
            id="spoken-of-too",
        ),
        pytest.param("The tent fell.\n\nVera Holm\n", "Vera Holm", set(), id="signed-at-the-end"),
        pytest.param("The tent fell. Reporting by Vera Holm", "Vera Holm", set(), id="reporting-by"),
        pytest.param(
            "The bill was signed\nby Peter Novak\nand others.", None, {"Peter Novak"}, id="signed-by"
        ),
        pytest.param("It was lit.\nImage: Peter Novak.\nIt was dark.", None, set(), id="picture-credit"),
    ],
)
def test_the_author_is_no_person_of_the_article(body, author, expected):
    assert names(tag_people("", body, author=author)) == expected


def test_tags_come_in_order_of_mention_with_the_title_first():
    body = "Peter Novak met Anna Holm. Later Thomas Miller came."
    tags = tag_people("Miller and Holm", body)
    assert [tag.name for tag in tags] == ["Thomas Miller", "Anna Holm", "Peter Novak"]


def test_a_mention_is_the_name_without_title_and_possessive():
    body = "Colonel General Hasanov's tent. Zakir Hasanov’s tent."
    (tag,) = tag_people("", body)
    assert [(m.start, m.end, m.surface) for m in tag.mentions] == [
        (16, 23, "Hasanov"),
        (32, 45, "Zakir Hasanov"),
    ]


SENTENCES = (
    "Zakir Hasanov met Mr. Davit Lomidze.",
    'Z. Hasanov said: "Good."',
    "Hasanov's guest, Anna Holm-Berg, 45, left.",
    "By Vera Holm\n",
    "According to Charles de Gaulle, it rained.",
    "PRESIDENT ILHAM ALIYEV SPOKE",
    "“Fine,” said de Gaulle.",
    "Smith & Co, Smith Inc and James Smith.",
    "J. R. R. Smith Jr. of St. Louis",
    "Ђорђе Иванов\n\n\ud800Kim Dae-jung\t Kim",
    "Milan Mojsilovic\u0301 slept. O'Brien's",
    "\n\n    ",
)


def test_mentions_slice_to_their_surface_and_never_overlap():
    """On random joins of sentences, cut anywhere, every span holds and no two share a sign."""
    rng = random.Random(1998)
    changed = 0
    for _ in range(400):
        text = rng.choice(("", " ", "\n", "'")).join(rng.choices(SENTENCES, k=rng.randint(1, 12)))
        body = text[rng.randint(0, 12) : len(text) - rng.randint(0, 12)]
        title = rng.choice(SENTENCES)
        author = rng.choice((None, "Vera Holm"))
        tags = tag_people(title, body, author=author)
        for part, field in ((body, "mentions"), (title, "title_mentions")):
            mentions = [m for tag in tags for m in getattr(tag, field)]
            assert all(part[m.start : m.end] == m.surface and m.surface.strip() for m in mentions)
            spans = sorted((m.start, m.end) for m in mentions)
            assert all(before[1] <= after[0] for before, after in pairwise(spans))
        for tag in tags:
            assert tag.roles
            assert tag.mentions or tag.title_mentions
            assert list(tag.mentions) == sorted(tag.mentions, key=lambda m: m.start)
        unsigned = tag_people(title, body, author=None)
        assert tags == unsigned or (author and "Vera" in body)
        changed += tags != unsigned
    assert changed  # of an author in the text something is told


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("A" * 1_000_000, id="one-word-of-capitals"),
        pytest.param("Aa " * 100_000, id="names-without-end"),
        pytest.param("Guinea " * 30_000, id="a-place-without-end"),
        pytest.param("John Smith met Mr. Smith. " * 10_000, id="one-name-repeated"),
        pytest.param("O'" * 200_000, id="apostrophes"),
    ],
)
def test_large_and_odd_texts_are_read_to_the_end(text):
    for tag in tag_people(text[:200], text):
        assert tag.mentions[-1].end <= len(text)


@pytest.mark.skipif(
    not SEEDS.is_dir(), reason="reduced: ../shared/seeds is not here, the project's own dispatches remain"
)
@pytest.mark.parametrize(
    ("seed", "author", "expected"),
    [
        pytest.param("000", None, {"Irakli Chikovani", "Zakir Hasanov"}, id="000"),
        pytest.param("001", None, {"Zakir Hasanov", "Juansher Burchuladze"}, id="001"),
        pytest.param("002", None, {"Juansher Burchuladze", "Zakir Hasanov"}, id="002"),
        pytest.param(
            "003",
            "Sabina Alizade",
            {"Karim Valiyev", "Milan Mojsilović", "Bratislav Gašić", "Zakir Hasanov", "Stefan Gaich"},
            id="003",
        ),
        pytest.param(
            "004",
            None,
            {"Zakir Hasanov", "Amir Mohammad Ahadi", "Ilham Aliyev", "Mohammad Bagheri"},
            id="004",
        ),
    ],
)
def test_persons_of_the_documents_the_project_was_ordered_with(seed, author, expected):
    (path,) = SEEDS.glob(f"{seed}_*.txt")
    title, _, rest = path.read_text(encoding="utf-8").partition("\n")
    whole = len(title) > 200  # 002 has no title
    body = f"{title}\n{rest}" if whole else rest
    assert names(tag_people("" if whole else title, body, author=author)) == expected
