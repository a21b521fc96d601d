import random
from itertools import pairwise
from pathlib import Path

import pytest

from indexer.countries import tag_countries
from search.domain import COUNTRY_ROLES


def codes(body, title="", **more):
    return {tag.code for tag in tag_countries(title, body, **more)}


NAMES = [
    ("iran", "Talks in Iran went on.", "IR"),
    ("possessive", "Georgia's army trained.", "GE"),
    ("curly-possessive", "Georgia’s army trained.", "GE"),
    ("official", "The Republic of Azerbaijan agreed.", "AZ"),
    ("demonym", "An Azeri officer spoke.", "AZ"),
    ("demonym-plural", "Two Azerbaijanis won medals.", "AZ"),
    ("adjective", "The Dutch fleet sailed.", "NL"),
    ("person-of", "One Dutchman and a Briton climbed it.", "GB NL"),
    ("emirati", "Emirati pilots flew.", "AE"),
    ("turkiye", "Türkiye sent aid.", "TR"),
    ("decomposed-accent", "Tu\u0308rkiye sent aid.", "TR"),
    ("hyphened-pair", "The Azerbaijani-Iranian commission met.", "AZ IR"),
    ("hyphened-names", "Along the Armenia-Azerbaijan axis.", "AM AZ"),
    ("prefix", "Only non-Iranian ships passed.", "IR"),
    ("us-dotted", "The U.S. envoy left.", "US"),
    ("us-plain", "The US envoy left.", "US"),
    ("us-pronoun", "They told us nothing, and gave us less.", ""),
    ("uk-and-uae", "The U.K. and the UAE signed.", "AE GB"),
    ("capital", "He landed in Baku at noon.", "AZ"),
    ("old-capital-name", "He landed in Kiev at noon.", "UA"),
    ("city", "A factory near Düsseldorf closed.", "DE"),
    ("us-state", "Farmers in Nebraska waited.", "US"),
    ("new-mexico", "A fire in New Mexico spread.", "US"),
    ("guineas", "Papua New Guinea and Equatorial Guinea met Guinea-Bissau.", "GQ GW PG"),
    ("guinea-alone", "Voters in Guinea queued.", "GN"),
    ("niger-nigeria", "Niger shut its border with Nigeria.", "NE NG"),
    ("koreas", "North Korea warned South Korea.", "KP KR"),
    ("korea-alone", "Exports of Korea rose.", "KR"),
    ("congos", "The Democratic Republic of the Congo and Congo-Brazzaville talked.", "CD CG"),
    ("congo-alone", "Rebels in Congo advanced.", "CD"),
    ("congo-by-capital", "In Brazzaville, the leaders of Congo gathered.", "CG"),
    ("dominicas", "Dominica and the Dominican Republic traded.", "DM DO"),
    ("irelands", "Northern Ireland and the Republic of Ireland agreed.", "GB IE"),
    ("samoas", "American Samoa is not Samoa.", "AS WS"),
    ("territories", "Hong Kong, Taiwan, Palestine and Greenland have codes.", "GL HK PS TW"),
    ("kosovo", "Kosovo opened an embassy.", "XK"),
    ("ivory-coast", "Côte d'Ivoire grows cocoa.", "CI"),
    ("lower-case-country", "they eat turkey on china and call chad a friend", ""),
    ("empty", "", ""),
    ("no-place", "Nothing of the kind happened.", ""),
]

HOMONYMS = [
    ("turkey-country", "Turkey raised its rates.", "TR"),
    ("turkey-bird", "A roast Turkey fed ten, and Turkey sandwiches the rest.", ""),
    ("china-porcelain", "She broke the Bone China plates.", ""),
    ("china-country", "Trade with China grew.", "CN"),
    ("jordan-country", "King Abdullah of Jordan flew home.", "JO"),
    ("jordan-sentence-start", "In Jordan, talks resumed.", "JO"),
    ("jordan-surname", "Michael Jordan scored thirty.", ""),
    ("jordan-titled", "Mr. Jordan declined.", ""),
    ("chad-country", "Troops crossed into Chad.", "TD"),
    ("chad-given", "Chad Smith played drums.", ""),
    ("israel-given", "Israel Hernandez won the bout.", ""),
    ("israel-country", "Israel closed the crossing.", "IL"),
    ("milan-given", "Colonel Milan Petrović saluted.", ""),
    ("milan-city", "The team won in Milan.", "IT"),
    ("georgia-beside-city", "The mayor of Atlanta, Georgia, wept.", "US"),
    ("georgia-with-abbreviation", "In Athens, Ga., the voters of Georgia queued.", "US"),
    ("georgia-with-cities", "Atlanta and Savannah are the pride of Georgia.", "US"),
    ("georgia-in-caucasus", "Georgia and Azerbaijan agreed in Tbilisi.", "AZ GE"),
    ("georgia-alone", "Georgia held elections.", "GE"),
    ("georgian", "A Georgian colonel spoke.", "GE"),
    ("paris-texas", "A barn in Paris, Texas, burned.", "US"),
    ("paris-france", "She moved to Paris last year.", "FR"),
    ("lebanon-nh", "The council of Lebanon, N.H., voted.", "US"),
    ("lebanon-country", "Beirut is calm, and so is Lebanon.", "LB"),
    ("london-ontario", "A plant in London, Ontario, reopened.", "CA"),
    ("reading-verb", "Reading aloud helps.", ""),
    ("reading-town", "The fair in Reading, Pa., drew crowds.", "US"),
    ("small-words", "Nice work. Mobile phones. Orange juice. Of course.", ""),
    ("polish-verb", "Polish ministers met; now polish the floor.", "PL"),
    ("gulf-of-mexico", "A storm in the Gulf of Mexico weakened.", ""),
    ("sea", "Ships left the South China Sea.", ""),
    ("companies", "Bank of America and Texas Instruments gained.", ""),
    ("ticker", "The stock <UK> fell.", ""),
    ("latin-america", "Latin American leaders met in the Middle East.", ""),
    ("indian-ocean", "A ship sank in the Indian Ocean.", ""),
    ("indian", "An Indian minister spoke.", "IN"),
    ("language", "She wrote in English, then in French.", ""),
    ("english-people", "English farmers protested.", "GB"),
    ("street", "A car stopped on Dublin Road by Georgia Avenue.", ""),
    ("newspaper", "The Washington Post reported it.", ""),
    ("no-countries", "The EU, Abkhazia, the South Caucasus and the Persian Gulf.", ""),
    ("guinea-pig", "Guinea pigs squeak.", ""),
]


@pytest.mark.parametrize(
    ("body", "expected"), [pytest.param(*row[1:], id=row[0]) for row in NAMES + HOMONYMS]
)
def test_countries_of_a_sentence(body, expected):
    assert codes(body) == set(expected.split())


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        pytest.param("TURKEY AND GREECE SIGN PACT", "GR TR", id="capitals"),
        pytest.param("GIVE US MORE TIME, SAYS BANK", "", id="pronoun-in-capitals"),
        pytest.param("U.S. ASKS JAPAN FOR TALKS", "JP US", id="dotted-in-capitals"),
        pytest.param("READING AND SALE OF GOLD ON FRIDAY", "", id="words-in-capitals"),
        pytest.param("RISE IN PRICES ON HOPE OF DEAL OR LOAN", "", id="postal-codes-are-words"),
    ],
)
def test_countries_of_a_title_in_capitals(title, expected):
    assert codes("", title) == set(expected.split())


@pytest.mark.parametrize(
    ("body", "rules"),
    [
        pytest.param("Iran waits.", {"IR": "country name"}, id="name"),
        pytest.param("Britain waits.", {"GB": "short form"}, id="short"),
        pytest.param("Serbian troops wait.", {"RS": "demonym"}, id="demonym"),
        pytest.param("In Tbilisi they wait.", {"GE": "capital"}, id="capital"),
        pytest.param("In Chicago they wait.", {"US": "city"}, id="city"),
        pytest.param("Ohio waits.", {"US": "us state"}, id="state"),
        pytest.param("Burma waits.", {"MM": "former name"}, id="renamed"),
        pytest.param("The USSR waits.", {"RU": "former state: Soviet Union -> RU"}, id="soviet-union"),
        pytest.param("West Germany waits.", {"DE": "former state: West Germany -> DE"}, id="west-germany"),
        pytest.param("Yugoslavia waits.", {"RS": "former state: Yugoslavia -> RS"}, id="yugoslavia"),
        pytest.param(
            "Czechoslovakia waits.",
            dict.fromkeys(["CZ", "SK"], "former state: Czechoslovakia -> CZ, SK"),
            id="two-successors",
        ),
        pytest.param("It cost 200 mln Swiss francs.", {"CH": "currency"}, id="currency"),
        pytest.param("The Kremlin waits.", {"RU": "institution"}, id="institution"),
    ],
)
def test_receipt_names_the_rule(body, rules):
    assert {tag.code: tag.mentions[0].rule for tag in tag_countries("", body)} == rules


def test_no_place_is_read_in_a_persons_name():
    body = "Then Jordan Paris came to Amman."
    taken = [(5, 17)]
    assert codes(body, taken=taken) == {"JO"}
    assert [m.surface for tag in tag_countries("", body, taken=taken) for m in tag.mentions] == ["Amman"]
    assert codes("", "Paris wins", title_taken=[(0, 5)]) == set()


def test_most_named_country_stands_first():
    tags = tag_countries("", "Iran met Serbia. Serbia met Chile. Serbia left Iran.")
    assert [tag.code for tag in tags] == ["RS", "IR", "CL"]


def test_every_mention_is_the_slice_it_points_at():
    """Random joins of sentences: offsets hold, ascend and do not overlap, and the same text tags the same."""
    rng = random.Random(2024)
    pool = [row[1] for row in NAMES + HOMONYMS]
    for _ in range(300):
        body = rng.choice([" ", "\n", "\n\n", "  "]).join(rng.choices(pool, k=rng.randint(1, 9)))
        title = rng.choice(pool)
        tags = tag_countries(title, body)
        assert tags == tag_countries(title, body)
        for tag in tags:
            assert tag.roles
            assert list(tag.roles) == [role for role in COUNTRY_ROLES if role in tag.roles]
            for text, mentions in ((body, tag.mentions), (title, tag.title_mentions)):
                assert all(text[m.start : m.end] == m.surface for m in mentions)
                assert all(one.end <= two.start for one, two in pairwise(mentions))


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("\ud800 Iran \udfff", id="lone-surrogates"),
        pytest.param("Iran" + "\u0301" * 1000, id="many-accents"),
        pytest.param("Georgia, " * 20_000, id="one-name-again-and-again"),
        pytest.param("A" * 1_000_000, id="one-long-word"),
        pytest.param("St. New South " * 70_000, id="beginnings-of-names"),
        pytest.param("\x00\u202e<>&,.-'" * 100_000, id="signs-only"),
        pytest.param("BAKU, " * 150_000, id="endless-dateline"),
    ],
)
def test_any_text_is_read_to_its_end(body):
    for tag in tag_countries(body[:100], body, dateline=body):
        assert all(body[m.start : m.end] == m.surface for m in tag.mentions)


ROOT = Path(__file__).resolve().parents[2]
DISPATCHES = {"000": "AZ GE", "001": "AZ GE", "002": "AZ GE TR", "003": "AZ RS", "004": "AM AZ IR"}


@pytest.mark.parametrize("number", sorted(DISPATCHES))
@pytest.mark.parametrize("folder", [ROOT / "seeds", ROOT.parent / "shared" / "seeds"], ids=["own", "ordered"])
def test_countries_of_the_dispatches(folder, number):
    paths = sorted(folder.glob(f"{number}_*.txt"))
    if not paths:
        pytest.skip(f"no dispatch {number} in {folder}: only the other folder's is read")
    assert codes(paths[0].read_text(encoding="utf-8")) == set(DISPATCHES[number].split())
