"""Persons under the names that theirs stand for, against doing it one by one."""

import random

import pytest

from search.aliases import Alias, renamed
from search.domain import Mention, PersonTag

ALIASES = {"Gasic": Alias("Gašić", "same as Gašić: spelling without accents")}
AT_2, AT_9 = Mention(2, 7, "Gasic", "name list"), Mention(9, 14, "Gašić", "title + name")
TOLD = Mention(2, 7, "Gasic", "name list; same as Gašić: spelling without accents")


@pytest.mark.parametrize(
    ("people", "told"),
    [
        pytest.param((), (), id="nobody"),
        pytest.param((PersonTag("Ann", ("quoted",)),), (PersonTag("Ann", ("quoted",)),), id="no-alias"),
        pytest.param(
            (PersonTag("Gasic", ("quoted",), (AT_2,)),),
            (PersonTag("Gašić", ("quoted",), (TOLD,)),),
            id="alias",
        ),
        pytest.param(
            (PersonTag("Gašić", ("mentioned",), (AT_9,)), PersonTag("Gasic", ("quoted",), (), (AT_2,))),
            (PersonTag("Gašić", ("quoted", "mentioned"), (AT_9,), (TOLD,)),),
            id="both-spellings",
        ),
    ],
)
def test_persons_are_named_as_the_archive_names_them(people, told):
    assert renamed(people, ALIASES) == told


def test_every_person_is_there_once_with_all_roles():
    rng = random.Random(6)
    names = [f"N{at}" for at in range(8)]
    for _ in range(200):
        aliases = {
            name: Alias(f"N{rng.randint(6, 7)}", "rule") for name in rng.sample(names[:6], rng.randint(0, 6))
        }
        chosen = rng.sample(names, rng.randint(0, 8))
        people = tuple(PersonTag(name, (rng.choice(("quoted", "mentioned")),)) for name in chosen)
        found = renamed(people, aliases)
        plain: dict[str, set[str]] = {}
        for tag in people:
            plain.setdefault(aliases[tag.name].value if tag.name in aliases else tag.name, set()).update(
                tag.roles
            )
        assert {tag.name: set(tag.roles) for tag in found} == plain
        assert len(found) == len(plain)
