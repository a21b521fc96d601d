"""Queries to plans: which form of which word, which values, and what must hold."""

import datetime as dt
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_archive import random_article, random_query, random_text

from search.domain import Article, FieldValue, Filter, Query
from search.engines.memory import MemoryEngine
from search.errors import QueryError
from search.function_words import is_function_word
from search.limits import Limits
from search.names import Names
from search.nodes import (
    AllOf,
    AnyOf,
    Anything,
    BestOf,
    FieldFilter,
    Near,
    NoneOf,
    Pattern,
    Term,
    TermSequence,
    ValueIn,
    Within,
    Without,
    positive_leaves,
)
from search.parse import parse
from search.plan import Planner, field_filters
from search.tokens import tokens

VALUES = {
    "country": [
        FieldValue("AZ", "Azerbaijan", 5),
        FieldValue("KP", "North Korea", 1),
        FieldValue("KR", "South Korea", 2),
        FieldValue("CI", "Côte d'Ivoire", 1),
    ],
    "person": [
        FieldValue("Bratislav Gašić", "Bratislav Gašić", 1),
        FieldValue("J.K. Oak", "J.K. Oak", 1),
        FieldValue("Zakir Hasanov", "Zakir Hasanov", 5),
        FieldValue("hasanov", "hasanov", 1),
        FieldValue("~none", "~none", 1),
    ],
}


def planner() -> Planner:
    return Planner(lambda name: Names(VALUES.get(name, ())))


def planned(text: str, match: str = "all"):
    return planner().matching(parse(text).tree, Query(match=match))


def stem(typed: str, text: str = "", *, title_only: bool = False) -> Term:
    """Return the term of a bare word; of the words that these tests ask for, `a` is a function word."""
    return Term("stem", text or typed, title_only, typed=typed, faint=typed == "a")


def folded(*words: str, slop: int = 0, title_only: bool = False) -> TermSequence:
    return TermSequence(tuple(Term("folded", word, title_only) for word in words), slop, title_only)


@pytest.mark.parametrize(
    ("text", "node"),
    [
        pytest.param("Ministers", stem("ministers", "minist"), id="word-by-stem"),
        pytest.param("minister's", stem("minister", "minist"), id="possessive"),
        pytest.param("from", Term("stem", "from", typed="from", faint=True), id="function-word"),
        pytest.param("May", Term("stem", "may", typed="may"), id="function-word-as-a-name"),
        pytest.param("=from", Term("exact", "from"), id="function-word-exact"),
        pytest.param('"from oil"', folded("from", "oil"), id="function-word-in-a-phrase"),
        pytest.param("=Gašić", Term("exact", "Gašić"), id="exact"),
        pytest.param("=U.S.", Term("exact", "US"), id="exact-acronym"),
        pytest.param("=Co-Op", Term("exact", "Co-Op"), id="exact-compound"),
        pytest.param("Mínist*", Pattern("minist*"), id="prefix-folded"),
        pytest.param("Mínistre~1", Near("ministre", 1), id="fuzzy-folded"),
        pytest.param('"Oil Prices"', folded("oil", "prices"), id="phrase-folded"),
        pytest.param('"oil prices"~3', folded("oil", "prices", slop=3), id="near"),
        pytest.param('"ministers"', Term("folded", "ministers"), id="phrase-of-one"),
        pytest.param(
            '"central bank*"', TermSequence((Term("folded", "central"), Pattern("bank*"))), id="phrase-prefix"
        ),
        pytest.param(
            "co-operations",
            BestOf((folded("co", "operations"), stem("cooperations", "cooper"))),
            id="compound-apart-or-joined",
        ),
        pytest.param("1,000", BestOf((folded("1", "000"), stem("1000"))), id="thousands"),
        pytest.param('"co-operation"', folded("co", "operation"), id="compound-in-a-phrase"),
        pytest.param("北京市", folded("北京", "京市"), id="bigrams"),
        pytest.param("北", Pattern("*北*"), id="one-letter-of-bigrams"),
        pytest.param('"北"', Pattern("*北*"), id="quoted-letter-of-bigrams"),
        pytest.param("กิ", Pattern("*กิ*"), id="one-letter-with-a-vowel"),
        pytest.param("北*", Pattern("*北*"), id="wildcard-of-bigrams"),
        pytest.param("title:oil", stem("oil", title_only=True), id="title"),
        pytest.param('title:"a b"', folded("a", "b", title_only=True), id="title-phrase"),
        pytest.param(
            "title:(a -b*)",
            AllOf((stem("a", title_only=True), NoneOf(Pattern("b*", title_only=True)))),
            id="title-group",
        ),
        pytest.param("a OR b", AnyOf((stem("a"), stem("b"))), id="or"),
        pytest.param("-a", NoneOf(stem("a")), id="not"),
        pytest.param("*", Anything(), id="everything"),
        pytest.param("country:~none", Without("country"), id="missing"),
        pytest.param("date:~none", Without("date"), id="undated"),
        pytest.param("date:>=2023", Within("date", dt.date(2023, 1, 1), None), id="since"),
        pytest.param("says:2023-02-03", Within("says", dt.date(2023, 2, 3), dt.date(2023, 2, 3)), id="says"),
    ],
)
def test_leaves_name_terms(text, node):
    assert planned(text) == node


@pytest.mark.parametrize(
    ("text", "values", "notes"),
    [
        pytest.param("country:az", ("AZ",), 0, id="value-in-any-case"),
        pytest.param("country:azerbaijan", ("AZ",), 0, id="label"),
        pytest.param('country:"cote d\'ivoire"', ("CI",), 0, id="label-without-accents"),
        pytest.param("country:korea", ("KP", "KR"), 1, id="word-of-two-labels"),
        pytest.param('country:"korea north"', ("KP",), 0, id="words-in-any-order"),
        pytest.param("country:kor", (), 1, id="no-part-of-a-word"),
        pytest.param("person:gasic", ("Bratislav Gašić",), 0, id="one-word-of-a-name"),
        pytest.param("person:hasanov", ("hasanov",), 0, id="whole-value-before-words"),
        pytest.param("person:JK", ("J.K. Oak",), 0, id="initials"),
        pytest.param('person:"~none"', ("~none",), 0, id="a-value-called-so"),
        pytest.param("person:...", (), 1, id="no-word"),
        pytest.param("outlet:desk", (), 1, id="field-without-values"),
    ],
)
def test_values_are_resolved_by_name(text, values, notes):
    own = planner()
    node = own.matching(parse(text).tree, Query())
    assert isinstance(node, ValueIn)
    assert node.values == values
    assert len(own.notes) == notes


def test_a_role_narrows_a_value():
    assert planned("country:AZ/about") == ValueIn("country", ("AZ",), "about")


A, B = stem("a"), stem("b")
CHOSEN = ValueIn("country", ("AZ",))


@pytest.mark.parametrize(
    ("text", "node"),
    [
        pytest.param("a b", AnyOf((A, B)), id="words-are-alternatives"),
        pytest.param("a", A, id="one-word"),
        pytest.param("a b -c", AllOf((AnyOf((A, B)), NoneOf(stem("c")))), id="exclusions-hold"),
        pytest.param("a country:AZ", AllOf((A, CHOSEN)), id="fields-hold"),
        pytest.param("-a -b", AllOf((NoneOf(A), NoneOf(B))), id="exclusions-alone"),
        pytest.param("a OR b", AnyOf((A, B)), id="or-stays"),
        pytest.param("(a b) c", AnyOf((AllOf((A, B)), stem("c"))), id="brackets-stay"),
        pytest.param(
            "a (country:AZ OR date:~none)",
            AllOf((A, AnyOf((CHOSEN, Without("date"))))),
            id="fields-in-brackets-hold",
        ),
        pytest.param(
            "a title:(country:AZ -b)",
            AllOf((A, AllOf((CHOSEN, NoneOf(stem("b", title_only=True)))))),
            id="fields-in-a-title-hold",
        ),
    ],
)
def test_match_any(text, node):
    assert planned(text, match="any") == node


JUNE = Within("date", dt.date(2024, 6, 1), dt.date(2024, 6, 30))


@pytest.mark.parametrize(
    ("query", "filters"),
    [
        pytest.param(Query(), (), id="none"),
        pytest.param(
            Query(filters=(Filter("country", "AZ"), Filter("country", "GE", "about"))),
            (FieldFilter("country", AllOf((AnyOf((CHOSEN, ValueIn("country", ("GE",), "about"))),))),),
            id="alternatives",
        ),
        pytest.param(
            Query(filters=(Filter("country", "AZ", exclude=True),)),
            (FieldFilter("country", AllOf((NoneOf(CHOSEN),))),),
            id="excluded",
        ),
        pytest.param(
            Query(filters=(Filter("country", None), Filter("country", "AZ", exclude=True))),
            (FieldFilter("country", AllOf((AnyOf((Without("country"),)), NoneOf(CHOSEN)))),),
            id="missing-and-excluded",
        ),
        pytest.param(
            Query(since=dt.date(2024, 6, 1), until=dt.date(2024, 6, 30)),
            (FieldFilter("date", AllOf((AnyOf((JUNE,)),))),),
            id="range",
        ),
        pytest.param(
            Query(filters=(Filter("date", "2024-06"),)),
            (FieldFilter("date", AllOf((AnyOf((JUNE,)),))),),
            id="picked-period",
        ),
        pytest.param(
            Query(filters=(Filter("date", None),), since=dt.date(2024, 6, 1), until=dt.date(2024, 6, 30)),
            (FieldFilter("date", AllOf((AnyOf((JUNE, Without("date"))),))),),
            id="range-or-undated",
        ),
        pytest.param(
            Query(says_until=dt.date(2024, 6, 1)),
            (FieldFilter("says", AllOf((AnyOf((Within("says", None, dt.date(2024, 6, 1)),)),))),),
            id="says",
        ),
    ],
)
def test_filters_make_one_condition_a_field(query, filters):
    assert field_filters(query) == filters


def passes(article: Article, picked: tuple[Filter, ...]) -> bool:
    """Return whether an article meets country filters, said as plainly as it can be."""
    roles = {tag.code: tag.roles for tag in article.countries}

    def carries(one: Filter) -> bool:
        if one.value is None:
            return not roles
        return one.value in roles and (one.role is None or one.role in roles[one.value])

    wanted = [one for one in picked if not one.exclude]
    return (not wanted or any(map(carries, wanted))) and not any(
        carries(one) for one in picked if one.exclude
    )


def test_filters_choose_the_articles_that_a_plain_loop_chooses():
    rng = random.Random(12)
    articles = [random_article(rng, str(at)) for at in range(60)]
    engine = MemoryEngine(articles)
    for _ in range(150):
        picked = tuple(one for one in random_query(rng).filters if one.field == "country")
        plan = Planner(engine.names).plan(parse("").tree, Query(filters=picked, size=100), facets=())
        found = {hit.article.id for hit in engine.hits(plan, engine.run(plan))}
        assert found == {article.id for article in articles if passes(article, picked)}


def test_the_page_asked_for_is_planned():
    plan = Planner(lambda _: Names(()), expansions=7).plan(
        parse("a").tree, Query(page=3, size=20, sort="oldest")
    )
    assert (plan.offset, plan.size, plan.sort, plan.expansions) == (40, 20, "oldest", 7)
    assert Planner(lambda _: Names(())).plan(parse("a").tree, Query()).expansions == Limits().expansions


def test_only_words_that_are_asked_for_are_marked():
    assert positive_leaves(planned("a -b (c* OR -d) country:AZ co-op")) == (
        A,
        Pattern("c*"),
        folded("co", "op"),
        stem("coop"),
    )


@settings(max_examples=400, derandomize=True, deadline=None)
@given(
    st.lists(st.sampled_from("a*?北กิʼ-'=~\"ﷺ½㈠\u3099\u0301 :") | st.characters(), max_size=15).map("".join)
)
def test_every_tree_can_be_planned(text):
    try:
        tree = parse(text).tree
    except QueryError:
        return
    own = planner()
    for match in ("all", "any"):
        assert own.matching(tree, Query(match=match)) == own.matching(tree, Query(match=match))


def test_random_queries_can_be_planned():
    rng = random.Random(8)
    for _ in range(300):
        query = random_query(rng)
        plan = planner().plan(parse(random_text(rng, 2), limits=Limits(globs=64)).tree, query)
        assert {one.field for one in plan.filters} >= {one.field for one in query.filters}


def test_a_picked_period_in_no_calendar_is_refused():
    with pytest.raises(ValueError, match="no year"):
        field_filters(Query(filters=(Filter("date", "soon"),)))


def test_plain_words_are_planned_as_the_tokens_they_are():
    rng = random.Random(5)
    for size in (1, 2, 7, 12, 127, 128, 129, 300) * 20:
        word = "".join(rng.choices("abcegilnrstuyABES0129", k=size))
        (token,) = tokens(word)
        assert planner().word(word, False) == Term(
            "stem", token.stem, typed=token.folded, faint=is_function_word(word, "en")
        )
        phrase = planner().phrase(f"{word} {word}", 0, False)
        assert phrase == TermSequence((Term("folded", token.folded),) * 2)
