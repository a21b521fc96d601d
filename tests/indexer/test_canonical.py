"""Which values of an archive are one person, under which name, and why."""

import random
from itertools import combinations

import pytest

from indexer.canonical import COMPANIONS, COMPARED, CROWD, NAMESAKES, Alias, Archive
from indexer.spelling import plain_key, sound_key


def aliases(*articles: tuple[list[str], list[str]]) -> dict[str, Alias]:
    archive = Archive()
    for people, countries in articles:
        archive.add(people, countries)
    return dict(archive.aliases())


GASIC, PLAIN = "Bratislav Gašić", "Bratislav Gasic"
HASAN, HASSAN = "Mohammed Hasan", "Muhammad Hassan"
BESIDE = ["Zakir Hasanov", "Peter Novak"]


@pytest.mark.parametrize(
    ("articles", "told"),
    [
        pytest.param(
            [([GASIC], []), ([GASIC], []), ([PLAIN], [])],
            {PLAIN: Alias(GASIC, f"same as {GASIC}: spelling without accents")},
            id="accents",
        ),
        pytest.param(
            [([GASIC], []), ([PLAIN], []), ([PLAIN], [])],
            {GASIC: Alias(PLAIN, f"same as {PLAIN}: spelling with other accents")},
            id="the-commonest-spelling-is-the-value",
        ),
        pytest.param(
            [([GASIC], []), ([PLAIN], [])],
            {PLAIN: Alias(GASIC, f"same as {GASIC}: spelling without accents")},
            id="accents-win-a-tie",
        ),
        pytest.param(
            [(["ILHAM ALIYEV"], []), (["ILHAM ALIYEV"], []), (["Ilham Aliyev"], [])],
            {"ILHAM ALIYEV": Alias("Ilham Aliyev", "same as Ilham Aliyev: spelling with other capitals")},
            id="a-headlines-capitals-are-no-spelling",
        ),
        pytest.param(
            [(["Thomas A Holm"], []), (["Thomas A. Holm"], [])],
            {"Thomas A Holm": Alias("Thomas A. Holm", "same as Thomas A. Holm: spelling with other dots")},
            id="the-longest-wins-a-tie",
        ),
        pytest.param(
            [([HASAN, BESIDE[0]], ["AZ"]), ([HASSAN, BESIDE[0]], ["AZ"]), ([HASAN], [])],
            {HASSAN: Alias(HASAN, f"same as {HASAN}: transliteration, 1 shared person")},
            id="transliteration",
        ),
        pytest.param(
            [([HASAN, *BESIDE], ["AZ"]), ([HASSAN, *BESIDE], ["AZ", "GE"]), ([HASAN], [])],
            {HASSAN: Alias(HASAN, f"same as {HASAN}: transliteration, 2 shared persons")},
            id="persons-are-counted",
        ),
        pytest.param(
            [
                ([HASAN, "Yuri Petrov"], ["AZ"]),
                ([HASSAN, "Yuriy Petrov"], ["AZ"]),
                ([HASAN, "Yuri Petrov"], []),
            ],
            {
                HASSAN: Alias(HASAN, f"same as {HASAN}: transliteration, 1 shared person"),
                "Yuriy Petrov": Alias("Yuri Petrov", "same as Yuri Petrov: transliteration, 1 shared person"),
            },
            id="a-companion-spelled-two-ways-is-one",
        ),
        pytest.param(
            [([HASAN, BESIDE[0]], ["AZ"]), ([HASSAN, BESIDE[0]], ["GE"])], {}, id="no-country-shared"
        ),
        pytest.param(
            [([HASAN, BESIDE[0]], ["AZ"]), ([HASSAN, BESIDE[1]], ["AZ"])], {}, id="no-person-shared"
        ),
        pytest.param(
            [([HASAN, "Hasanov"], ["AZ"]), ([HASSAN, "Hasanov"], ["AZ"])], {}, id="a-surname-is-no-person"
        ),
        pytest.param(
            [([HASAN, BESIDE[0]], ["??"]), ([HASSAN, BESIDE[0]], ["??"])], {}, id="a-code-of-no-country"
        ),
        pytest.param(
            [
                ([HASAN, BESIDE[0]], ["AZ"]),
                ([HASSAN, BESIDE[0]], ["AZ"]),
                ([HASAN, HASSAN], ["AZ"]),
            ],
            {},
            id="told-apart-in-one-article",
        ),
        pytest.param(
            [
                (["Hans Müller", BESIDE[0]], ["DE"]),
                (["Hans Muller"], []),
                (["Hans Mueller", BESIDE[0]], ["DE"]),
                (["Hans Müller"], []),
            ],
            {
                "Hans Muller": Alias("Hans Müller", "same as Hans Müller: spelling without accents"),
                "Hans Mueller": Alias("Hans Müller", "same as Hans Müller: transliteration, 1 shared person"),
            },
            id="an-umlaut-two-ways",
        ),
        pytest.param(
            [(["Maria Lopez", *BESIDE], ["ES"]), (["Mario Lopez", *BESIDE], ["ES"])],
            {},
            id="other-given-name",
        ),
        pytest.param(
            [(["M. Hasan", *BESIDE], ["AZ"]), (["M. Hassan", *BESIDE], ["AZ"])], {}, id="initials-only"
        ),
        pytest.param([(["Hasan", *BESIDE], ["AZ"]), (["Hassan", *BESIDE], ["AZ"])], {}, id="surnames-only"),
        pytest.param([([], ["AZ"]), ([GASIC, GASIC], [])], {}, id="nothing-to-join"),
        pytest.param([], {}, id="empty"),
    ],
)
def test_aliases(articles, told):
    assert aliases(*articles) == told


def test_a_companion_named_everywhere_proves_nothing():
    rest = [(["Vera Holm"], ["AZ"])] * 200
    assert aliases(([HASAN, "Vera Holm"], ["AZ"]), ([HASSAN, "Vera Holm"], ["AZ"]), *rest) == {}


def test_a_list_of_namesakes_joins_none_of_their_sound():
    namesakes = ["Aleksandr Petrov", "Alexander Petrov", "Alexandr Petrov", "Aleksander Petrov"]
    namesakes += [name.replace("Petrov", "Petroff") for name in namesakes] + ["Aleksandr Pettrov"]
    assert len({sound_key(name) for name in namesakes}) == 1
    assert len(namesakes) > NAMESAKES
    other = ["Alexander Pettroff", BESIDE[0]]
    assert aliases((namesakes, ["RU"]), ([namesakes[0], BESIDE[0]], ["RU"]), (other, ["RU"])) == {}


def test_of_very_many_names_of_one_sound_the_commonest_are_compared():
    """Ten thousand ways to double letters are one sound; comparing all with all would take minutes.

    Of names equally common the longest count first; those of one length have a companion of their own.
    """
    archive = Archive()
    for number in range(10_000):
        letters = "".join(sign * (1 + (number >> at & 1)) for at, sign in enumerate("bacidafugalina"))
        archive.add([f"Anna M{letters}", f"Vera Hol{'abcdefghijklmno'[len(letters) - 14]}m"], ["AZ"])
        archive.add([f"Anna M{letters}"], [])
    assert 0 < len(archive.aliases()) < COMPARED


def test_no_chain_joins_two_that_were_told_apart():
    """The third spelling goes with the commoner of two; the other stays."""
    articles = [([name, BESIDE[0]], ["RU"]) for name in ("Yuri Petrov", "Yuriy Petrov", "Yury Petrov")]
    articles += [(["Yuri Petrov", "Yuriy Petrov"], []), (["Yuri Petrov"], [])]
    assert {name: one.value for name, one in aliases(*articles).items()} == {"Yury Petrov": "Yuri Petrov"}


GIVEN = ("Yuri", "Yuriy", "Iurii", "Mohammed", "Muhammad", "Anna", "ANNA", "J.", "Müge")
FAMILY = ("Petrov", "Petroff", "Gašić", "Gasic", "Müller", "Mueller", "Muller", "Holm", "al-Sayed", "Sayed")


def articles_at_random(rng: random.Random) -> list[tuple[list[str], list[str]]]:
    """Return a small archive of few names, so that spellings, companions and countries meet."""
    return [
        (
            [f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}" for _ in range(rng.randint(0, 3))],
            rng.sample(("AZ", "GE", "RU"), rng.randint(0, 1)),
        )
        for _ in range(rng.randint(1, 30))
    ]


def plainly_joined(articles: list[tuple[list[str], list[str]]]) -> set[frozenset[str]]:
    """Return the pairs of names that may be one, by looking at every pair in every article."""
    names = {name for people, _ in articles for name in people}
    companions = {n: set() for n in map(plain_key, names)}
    countries = {n: set() for n in map(plain_key, names)}
    sounds = {n: set() for n in map(plain_key, names)}
    apart = set()
    for people, codes in articles:
        for name in people:
            key = plain_key(name)
            sounds[key].add(sound_key(name))
            if sound_key(name):
                countries[key].update(codes)
                companions[key].update(sound_key(one) for one in people if sound_key(one) != sound_key(name))
        for one, other in combinations(people, 2):
            if sound_key(one) == sound_key(other):
                apart.add(frozenset((plain_key(one), plain_key(other))))
    pairs = set()
    for one, other in combinations(sorted(names), 2):
        a, b = plain_key(one), plain_key(other)
        alike = (sounds[a] & sounds[b]) - {""} and countries[a] & countries[b]
        shared = (companions[a] & companions[b]) - {""}
        if a == b or (alike and shared and frozenset((a, b)) not in apart):
            pairs.add(frozenset((one, other)))
    return pairs


def test_aliases_agree_with_looking_at_every_pair():
    """Each alias is a pair that plain loops allow, no value is an alias, and the order changes nothing."""
    rng = random.Random(31)
    joined = 0
    for _ in range(300):
        articles = articles_at_random(rng)
        found = aliases(*articles)
        keys = {frozenset(map(plain_key, pair)) for pair in plainly_joined(articles)}
        assert all(frozenset((plain_key(name), plain_key(one.value))) in keys for name, one in found.items())
        assert all(one.value not in found for one in found.values())
        joined += len(found)
        rng.shuffle(articles)
        assert aliases(*articles) == found
    assert joined > 100


def test_of_two_spellings_alone_all_that_may_be_is_joined():
    """Where only two names sound alike, plain loops and the archive agree in full."""
    rng = random.Random(32)
    told = 0
    for _ in range(300):
        pool = [HASAN, HASSAN, "Zakir Hasanov", "Peter Novak", "Vera Holm"]
        articles = [
            (rng.sample(pool, rng.randint(1, 2)), rng.sample(("AZ", "GE"), 1))
            for _ in range(rng.randint(2, 8))
        ]
        found = aliases(*articles)
        assert {frozenset((name, one.value)) for name, one in found.items()} == plainly_joined(articles)
        told += len(found)
    assert told > 20


def test_what_is_kept_does_not_grow_with_the_articles():
    """Of many companions those with the least marks are kept, in whatever order they came."""
    people = [
        f"Anna Holm{'abcdefghij'[n % 10]}{'klmnopqrst'[n // 10 % 10]}{'uvwz'[n // 100]}o" for n in range(400)
    ]
    one, other = Archive(), Archive()
    for start in range(0, 400, 40):
        one.add([HASAN, *people[start : start + 40]], ["AZ"])
        other.add([HASAN, *people[360 - start : 400 - start]], ["AZ"])
    kept = one._companions[one._ids[HASAN]]
    assert kept == other._companions[other._ids[HASAN]]
    assert list(kept) == sorted(set(kept))
    assert CROWD < len(kept) <= COMPANIONS


def test_an_alias_cannot_be_changed():
    with pytest.raises(AttributeError):
        Alias("a", "b").value = "c"
