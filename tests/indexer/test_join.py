"""Which names of one article are one person."""

import random

import pytest

from indexer.join import same_person, surname_of
from indexer.people import tag_people


def mentions(body: str) -> dict[str, list[str]]:
    return {tag.name: [m.surface for m in tag.mentions] for tag in tag_people("", body)}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            "Z. Hasanov rose. Colonel General Hasanov sat. Zakir Hasanov left with Hasanov's hat.",
            {"Zakir Hasanov": ["Z. Hasanov", "Hasanov", "Zakir Hasanov", "Hasanov"]},
            id="initial-rank-full-and-possessive",
        ),
        pytest.param(
            "James Smith met Mary Smith. Smith laughed.",
            {"James Smith": ["James Smith"], "Mary Smith": ["Mary Smith", "Smith"]},
            id="a-surname-of-two-goes-to-the-nearest-before",
        ),
        pytest.param(
            "James Smith wrote to K. Smith.",
            {"James Smith": ["James Smith"], "K. Smith": ["K. Smith"]},
            id="another-initial-is-another-person",
        ),
        pytest.param(
            "Stefan Gaich met Bratislav Gašić. Gašić left. Gaich stayed.",
            {"Stefan Gaich": ["Stefan Gaich", "Gaich"], "Bratislav Gašić": ["Bratislav Gašić", "Gašić"]},
            id="gaich-is-not-gasic",
        ),
        pytest.param(
            "Milan Mojsilović rose. Milan Mojsilovic sat.",
            {"Milan Mojsilović": ["Milan Mojsilović", "Milan Mojsilovic"]},
            id="accents-do-not-part",
        ),
        pytest.param(
            "James A. Baker rose. James Baker sat. Baker left.",
            {"James A. Baker": ["James A. Baker", "James Baker", "Baker"]},
            id="middle-initial-may-lack",
        ),
        pytest.param(
            "William Miller rose. Bill Miller sat.",
            {"William Miller": ["William Miller", "Bill Miller"]},
            id="nickname",
        ),
        pytest.param(
            "Carlos Salinas de Gortari rose. Salinas sat.",
            {"Carlos Salinas de Gortari": ["Carlos Salinas de Gortari", "Salinas"]},
            id="first-of-two-surnames",
        ),
        pytest.param(
            "Charles de Gaulle rose. De Gaulle sat.",
            {"Charles de Gaulle": ["Charles de Gaulle", "De Gaulle"]},
            id="particle-belongs-to-the-surname",
        ),
        pytest.param(
            "Deng Xiaoping rose. Deng sat.",
            {"Deng Xiaoping": ["Deng Xiaoping", "Deng"]},
            id="family-name-leads",
        ),
        pytest.param(
            "However Smith disagreed. John Smith left.",
            {"John Smith": ["Smith", "John Smith"]},
            id="sentence-opener-is-no-given-name",
        ),
        pytest.param(
            "During Holm's visit, Anna Holm spoke.",
            {"Anna Holm": ["Holm", "Anna Holm"]},
            id="surname-before-the-full-name",
        ),
        pytest.param(
            "Boyd Miller left Miller and Co for Miller Hospital.",
            {"Boyd Miller": ["Boyd Miller"]},
            id="firm-of-that-surname",
        ),
        pytest.param(
            "Denzel Washington flew to Washington.",
            {"Denzel Washington": ["Denzel Washington"]},
            id="town-of-that-surname",
        ),
        pytest.param(
            "Theresa May rose. In May she left. Then May returned.",
            {"Theresa May": ["Theresa May", "May"]},
            id="month-of-that-surname",
        ),
        pytest.param(
            "Larry King met King Hussein. King asked.",
            {"Larry King": ["Larry King", "King"], "Hussein": ["Hussein"]},
            id="king-the-title-and-king-the-name",
        ),
    ],
)
def test_names_join_within_an_article(body, expected):
    assert mentions(body) == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param(("zakir", "hasanov"), ("z.", "hasanov"), True, id="initial"),
        pytest.param(("zakir", "hasanov"), ("b.", "hasanov"), False, id="other-initial"),
        pytest.param(("zakir", "hasanov"), ("zakir", "aliyev"), False, id="other-surname"),
        pytest.param(("abu", "hassan", "omar"), ("abu", "hassan"), True, id="beginning"),
        pytest.param(("james", "a.", "baker"), ("james", "baker"), True, id="middle-lacks"),
        pytest.param(("mary", "smith"), ("james", "smith"), False, id="other-given-name"),
        pytest.param(("bob", "dole"), ("robert", "dole"), True, id="nickname"),
    ],
)
def test_same_person(one, other, same):
    assert same_person(one, other) is same
    assert same_person(other, one) is same


@pytest.mark.parametrize(
    ("parts", "surname"),
    [
        pytest.param(("irakli", "chikovani"), "chikovani", id="last"),
        pytest.param(("deng", "xiaoping"), "deng", id="first-of-a-chinese-name"),
        pytest.param(("kim", "dae-jung"), "kim", id="first-of-a-korean-name"),
        pytest.param(("kim", "philby"), "philby", id="a-western-kim"),
        pytest.param(("nakasone",), "nakasone", id="alone"),
    ],
)
def test_surname_of(parts, surname):
    assert surname_of(parts) == surname


def test_dropping_given_names_keeps_the_person():
    """A name is the same person's as itself with inner parts dropped or cut to initials."""
    rng = random.Random(7)
    given = ("anna", "peter", "zakir", "thomas", "amir", "mohammad")
    for _ in range(300):
        whole = (*rng.sample(given, rng.randint(1, 3)), rng.choice(("holm", "ahadi", "novak")))
        first = whole[0] if rng.random() < 0.5 else f"{whole[0][0]}."
        short = (first, *(part for part in whole[1:-1] if rng.random() < 0.5), whole[-1])
        assert same_person(whole, short)
