"""Any string to a tree whose spelling reads back to it, or to one error with a query that reads."""

import datetime as dt
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.errors import QueryError
from search.limits import Limits
from search.parse import Parsed, parse
from search.syntax import And, Exact, Glob, Not, Or, Phrase, Tagged, Title, Word, show

TODAY = dt.date(2024, 6, 20)
PIECES = (
    *"()\"“”«»~*?:-= \t/.,'’&_",
    *(
        "a",
        "b",
        "é",
        "e\u0301",
        "\u0301",
        "北",
        "か\u3099",
        "ก",
        "ʼ",
        "½",
        "⑴",
        "²",
        "٣",
        "ﷺ",
        "İ",
        "ß",
        "😀",
    ),
    *(
        "AND",
        "OR",
        "NOT",
        " AND ",
        " OR ",
        "title:",
        "title:(",
        "country:",
        "person:",
        "date:",
        "says:",
        "x:",
    ),
    *(
        "~none",
        "/about",
        "/quoted",
        "~2",
        "~٢",
        "~²",
        "2024",
        "-06",
        "..",
        ">=",
        "last-3-days",
        "U.S.",
        "1,000",
    ),
    *("\x00", "\ud800", "\u00ad", "\u200d", "\u2028", "𝔘"),
)
STRINGS = st.lists(st.sampled_from(PIECES) | st.characters(), max_size=25).map("".join)


def read(text: str, **limits: int) -> Parsed:
    return parse(text, today=TODAY, limits=Limits(**limits))


def wrong(text: str, **limits: int) -> QueryError | None:
    """Return the error of a query, None when it reads."""
    try:
        read(text, **limits)
    except QueryError as error:
        return error
    return None


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        pytest.param("", "*", id="nothing"),
        pytest.param(" \n\u2003", "*", id="spaces"),
        pytest.param("*", "*", id="everything"),
        pytest.param("oil prices", "oil prices", id="all-words"),
        pytest.param("oil AND prices", "oil prices", id="and"),
        pytest.param("a OR b", "a OR b", id="or"),
        pytest.param("(a b) OR c", "(a b) OR c", id="group"),
        pytest.param("((a))", "a", id="brackets-about-one"),
        pytest.param("(a b) c", "(a b) c", id="group-among-words"),
        pytest.param("a-word -word", "a-word -word", id="minus"),
        pytest.param("NOT word", "-word", id="not"),
        pytest.param("NOT NOT word", "word", id="not-not"),
        pytest.param("- word", "word", id="lone-dash"),
        pytest.param("a - b", "a b", id="dash-between"),
        pytest.param("--word", "word", id="minus-minus"),
        pytest.param("-(a b)", "-(a b)", id="minus-group"),
        pytest.param("-(-(a b))", "a b", id="minus-of-a-minus"),
        pytest.param('-"a b"', '-"a b"', id="minus-phrase"),
        pytest.param("and or not", "and or not", id="small-operators-are-words"),
        pytest.param('"AND"', '"AND"', id="quoted-operator"),
        pytest.param("=AND", "=AND", id="exact-operator"),
        pytest.param("AND's", "AND's", id="operator-with-possessive"),
        pytest.param('"exact phrase"', '"exact phrase"', id="phrase"),
        pytest.param("“exact phrase”", '"exact phrase"', id="curly-quotes"),
        pytest.param("„exact phrase“ «b c»", '"exact phrase" "b c"', id="other-quotes"),
        pytest.param('a"b c"d', 'a "b c" d', id="phrase-inside-a-word"),
        pytest.param('"one"', '"one"', id="phrase-of-one"),
        pytest.param('"well, U.S. oil—prices…"', '"well U.S. oil prices"', id="phrase-punctuation"),
        pytest.param("pre*", "pre*", id="prefix"),
        pytest.param("w?rd", "w?rd", id="wildcard"),
        pytest.param("*tion", "*tion", id="suffix"),
        pytest.param("wor?", "(wor?)", id="last-letter-of-a-lone-word"),
        pytest.param("wor? x", "(wor?) x", id="last-letter-before-another-word"),
        pytest.param("(x wor?)", "x (wor?)", id="last-letter-in-brackets"),
        pytest.param("O'Br*", '"O Br*"', id="prefix-with-an-apostrophe"),
        pytest.param("co-op*", '"co op*"', id="prefix-with-a-hyphen"),
        pytest.param('"central ban* w?rds"', '"central ban* w?rds"', id="wildcards-in-a-phrase"),
        pytest.param('"who won?"', '"who won"', id="question-in-a-phrase"),
        pytest.param("word~", "word~1", id="fuzzy-short"),
        pytest.param("ministry~", "ministry~2", id="fuzzy-long"),
        pytest.param("word~1", "word~1", id="fuzzy-1"),
        pytest.param("word~2", "word~2", id="fuzzy-2"),
        pytest.param("word~0", "word", id="fuzzy-0"),
        pytest.param("word~007", "word~2", id="fuzzy-zeros"),
        pytest.param("word~~1", "word~1", id="two-tildes"),
        pytest.param("word~٢", '"word ٢"', id="fuzzy-arabic-digit"),
        pytest.param("word~²", '"word ²"', id="fuzzy-superscript"),
        pytest.param('"a b"~5', '"a b"~5', id="near"),
        pytest.param('"a b"~0', '"a b"', id="near-0"),
        pytest.param('"a b"~05', '"a b"~5', id="near-zeros"),
        pytest.param('("a b"~5)', '"a b"~5', id="near-in-brackets"),
        pytest.param("=Word", "=Word", id="exact"),
        pytest.param("=U.S.", "=U.S.", id="exact-acronym"),
        pytest.param("=New-York", "=New-York", id="exact-compound"),
        pytest.param("title:word", "title:word", id="title"),
        pytest.param("title:=Word", "title:=Word", id="title-exact"),
        pytest.param("title:pre*", "title:pre*", id="title-prefix"),
        pytest.param("title:word~", "title:word~1", id="title-fuzzy"),
        pytest.param('title:"a b"~3', 'title:"a b"~3', id="title-near"),
        pytest.param("title:(a OR b)", "title:(a OR b)", id="title-group"),
        pytest.param("title:(title:a b)", "title:(title:a b)", id="title-in-title"),
        pytest.param("title:(title:a)", "title:a", id="title-of-title"),
        pytest.param("title:(country:AZ)", "country:AZ", id="value-in-title"),
        pytest.param("title:(date:2024-06-20)", "date:2024-06-20", id="date-in-title"),
        pytest.param("title:(country:AZ a)", "title:(country:AZ a)", id="value-and-word-in-title"),
        pytest.param("title:(-a)", "title:(-a)", id="not-in-title"),
        pytest.param("-title:a", "-title:a", id="not-title"),
        pytest.param("title:*", "*", id="any-title"),
        pytest.param("country:AZ", "country:AZ", id="country"),
        pytest.param("country:azerbaijan", "country:azerbaijan", id="country-name"),
        pytest.param("country:AZ/about", "country:AZ/about", id="role"),
        pytest.param("country:AZ/filed-from", "country:AZ/filed-from", id="role-with-a-hyphen"),
        pytest.param("country:AZ/other", 'country:"AZ/other"', id="no-role"),
        pytest.param("country:~none", "country:~none", id="missing"),
        pytest.param('country:"~none"', 'country:"~none"', id="quoted-missing-is-a-value"),
        pytest.param('person:"Zakir Hasanov"', 'person:"Zakir Hasanov"', id="person"),
        pytest.param('person:"Zakir Hasanov"/quoted', 'person:"Zakir Hasanov"/quoted', id="person-role"),
        pytest.param("person:“Zakir Hasanov”", 'person:"Zakir Hasanov"', id="person-curly"),
        pytest.param("person:zakir-hasanov", 'person:"zakir-hasanov"', id="value-with-a-hyphen"),
        pytest.param("outlet:Desk author:oak", "outlet:Desk author:oak", id="outlet-author"),
        pytest.param("language:en story:ab12", "language:en story:ab12", id="language-story"),
        pytest.param("source:byline", "source:byline", id="source"),
        pytest.param("date:2024", "date:2024-01-01..2024-12-31", id="year"),
        pytest.param("date:2024-06", "date:2024-06-01..2024-06-30", id="month"),
        pytest.param("date:2024-06-20", "date:2024-06-20", id="day"),
        pytest.param("date:2024-01..2024-06", "date:2024-01-01..2024-06-30", id="range"),
        pytest.param("date:>=2023", "date:>=2023-01-01", id="since"),
        pytest.param("date:<2023", "date:<=2022-12-31", id="before"),
        pytest.param("date:last-30-days", "date:2024-05-22..2024-06-20", id="last-days"),
        pytest.param('date:"2024-06"', "date:2024-06-01..2024-06-30", id="quoted-date"),
        pytest.param("date:~none", "date:~none", id="no-date"),
        pytest.param("says:2023-11", "says:2023-11-01..2023-11-30", id="says"),
        pytest.param("12:30", '"12 30"', id="time"),
        pytest.param("http://x.org/a?b=c", '"http x org a?b c"', id="address"),
        pytest.param('see:"a b"', '"see a b"', id="unknown-field-of-a-phrase"),
        pytest.param("title:", "title", id="field-without-value"),
        pytest.param("wheat & corn", "wheat corn", id="sign"),
        pytest.param("who won?", "who won", id="question"),
        pytest.param(" who?", "(who?)", id="no-question-of-one-word"),
        pytest.param("北京*", "北京*", id="wildcard-without-spaces"),
        pytest.param("\x00oil\ud800", "oil", id="nul-and-surrogate"),
    ],
)
def test_strings_read_to_trees(text, tree):
    assert show(read(text).tree) == tree
    assert read(tree) == Parsed(read(text).tree)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        pytest.param("a OR b c", Or((Word("a"), And((Word("b"), Word("c"))))), id="and-before-or"),
        pytest.param("a b OR c", Or((And((Word("a"), Word("b"))), Word("c"))), id="and-before-or-first"),
        pytest.param("NOT a b", And((Not(Word("a")), Word("b"))), id="not-before-and"),
        pytest.param("NOT a OR b", Or((Not(Word("a")), Word("b"))), id="not-before-or"),
        pytest.param("(a OR b) c", And((Or((Word("a"), Word("b"))), Word("c"))), id="brackets-first"),
        pytest.param("a AND b c", And((Word("a"), Word("b"), Word("c"))), id="and-is-one-with-space"),
        pytest.param("-a -b", And((Not(Word("a")), Not(Word("b")))), id="exclusions-alone"),
        pytest.param("title:a b", And((Title(Word("a")), Word("b"))), id="title-takes-one"),
        pytest.param("-=A", Not(Exact("A")), id="not-exact"),
        pytest.param("a* OR -b", Or((Glob("a*"), Not(Word("b")))), id="or-not"),
        pytest.param("-(-a)", Word("a"), id="not-of-not"),
        pytest.param('person:"a/quoted"', Tagged("person", "a/quoted"), id="slash-inside-quotes"),
        pytest.param('"a" "b c"~2', And((Phrase("a"), Phrase("b c", 2))), id="phrases"),
    ],
)
def test_precedence(text, tree):
    assert read(text).tree == tree


@pytest.mark.parametrize(
    ("text", "at", "repaired"),
    [
        pytest.param('"interest rates', 0, '"interest rates"', id="quote"),
        pytest.param('oil "', 4, "oil", id="quote-at-the-end"),
        pytest.param("person:“Zakir", 7, 'person:“Zakir"', id="quoted-value"),
        pytest.param("(wheat", 0, "(wheat)", id="bracket"),
        pytest.param("a (b (c", 5, "a (b (c))", id="two-brackets"),
        pytest.param("title:(wheat", 0, "title:(wheat)", id="title-bracket"),
        pytest.param("wheat)", 5, "wheat", id="bracket-never-opened"),
        pytest.param("a ) b", 2, "a b", id="bracket-between"),
        pytest.param("wheat ()", 6, "wheat", id="empty-group"),
        pytest.param("title:()", 0, "", id="empty-title-group"),
        pytest.param("wheat OR", 6, "wheat", id="or-at-the-end"),
        pytest.param("OR wheat", 0, "wheat", id="or-at-the-beginning"),
        pytest.param("a OR OR b", 2, "a OR b", id="or-or"),
        pytest.param("a AND OR b", 2, "a OR b", id="and-or"),
        pytest.param("wheat AND", 6, "wheat", id="and-at-the-end"),
        pytest.param("wheat NOT", 6, "wheat", id="not-at-the-end"),
        pytest.param("(a OR) b", 3, "(a ) b", id="or-before-a-bracket"),
        pytest.param("-OR a", 0, "a", id="minus-operator"),
        pytest.param("wheat date:soon", 6, "wheat", id="no-date"),
        pytest.param("date:2024-02-30 oil", 0, "oil", id="no-such-day"),
        pytest.param("date:2024..2023", 0, "", id="inverted-range"),
        pytest.param('date:"2024"/about', 0, "", id="tail-after-a-date"),
        pytest.param('outlet:"x"/about oil', 0, "oil", id="role-of-a-field-without"),
        pytest.param('country:"AZ"/quoted', 0, "", id="role-of-another-field"),
        pytest.param('country:""', 0, "", id="empty-value"),
        pytest.param("&", 0, "", id="no-word"),
        pytest.param("-...", 0, "", id="no-word-excluded"),
        pytest.param(")" * 30 + "oil", 0, "oil", id="mended-to-plain-words"),
    ],
)
def test_errors_say_where_and_offer_what_reads(text, at, repaired):
    with pytest.raises(QueryError) as caught:
        read(text)
    assert (caught.value.at, caught.value.repaired) == (at, repaired)
    assert read(repaired)


@pytest.mark.parametrize(
    ("text", "limits", "said", "repaired"),
    [
        pytest.param("oil prices", {"length": 5}, "at most 5", "oil p", id="length"),
        pytest.param("a b c", {"words": 2}, "more than 2 words", "a b", id="words"),
        pytest.param('a "b c d"', {"words": 3}, "more than 3 words", "a", id="words-of-a-phrase"),
        pytest.param("a* b? c~", {"globs": 2}, "more than 2 wildcards", "a* b?", id="globs"),
        pytest.param('"a* b* c*"', {"globs": 2}, "more than 2 wildcards", "", id="globs-of-a-phrase"),
        pytest.param("北 京 市", {"globs": 2}, "more than 2 wildcards", "北 京", id="letters-of-bigrams"),
        pytest.param("((a))", {"depth": 1}, "more than 1 deep", "a", id="depth"),
        pytest.param("(a) (b) (c)", {"depth": 1}, None, None, id="depth-is-no-count"),
        pytest.param("½ " * 9 + ")" * 9, {"words": 3}, "more than 3", "½ ½ ½", id="fallback-within-limits"),
    ],
)
def test_limits(text, limits, said, repaired):
    if said is None:
        assert read(text, **limits)
        return
    with pytest.raises(QueryError, match=said) as caught:
        read(text, **limits)
    assert caught.value.repaired == repaired
    assert read(repaired, **limits)


def test_limits_hold_at_their_defaults():
    assert read("a " * 64)
    assert read("(" * 16 + "a" + ")" * 16)
    assert read("a* " * 8)
    for text in ("a " * 65, "(" * 17 + "a" + ")" * 17, "a* " * 9, "a" * 2001):
        with pytest.raises(QueryError):
            read(text)


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        pytest.param("oil prices", 0, id="as-typed"),
        pytest.param("12:30", 1, id="unknown-field"),
        pytest.param('see:"a b"', 1, id="unknown-field-of-a-phrase"),
        pytest.param('title:"a b"/c', 1, id="after-the-quotes"),
        pytest.param("title:", 1, id="field-without-value"),
        pytest.param("who won?", 1, id="question-mark"),
        pytest.param("w?rd", 0, id="wildcard"),
        pytest.param("a?-b c", 1, id="question-mark-of-a-part"),
        pytest.param("a & b", 1, id="left-out"),
        pytest.param("a & b &", 1, id="said-once"),
        pytest.param("a-b~ c", 1, id="fuzzy-compound"),
        pytest.param("word~9", 1, id="distance-capped"),
        pytest.param('"a b"~101', 1, id="slop-capped"),
        pytest.param('"a b"~' + "9" * 500, 1, id="slop-of-many-digits"),
    ],
)
def test_what_is_not_taken_as_typed_is_noted(text, notes):
    found = read(text).notes
    assert len(found) == notes
    assert all(len(note) < 200 for note in found)


@settings(max_examples=1500, derandomize=True, deadline=None)
@given(STRINGS)
def test_any_string_gives_a_tree_or_an_error_with_a_query_that_reads(text):
    error = wrong(text)
    assert error is None or (error.at is not None and 0 <= error.at <= len(text))
    tree = read(text if error is None else error.repaired).tree
    again = read(show(tree))
    assert again == Parsed(tree)
    assert show(again.tree) == show(tree)


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.text(max_size=200), st.integers(1, 12), st.integers(1, 4), st.integers(1, 3))
def test_the_repaired_query_keeps_small_limits_too(text, length, words, globs):
    limits = {"length": length, "words": words, "globs": globs, "depth": 1}
    error = wrong(text, **limits)
    assert error is None or read(error.repaired, **limits)


@pytest.mark.parametrize(
    "piece",
    ["~", "a~", "~1", "(", ")", '"', '"a', "-", "NOT ", "a OR ", "title:(", "x:", "?", "*a", "a?*", "1,",
     "a~x", "U.", "-(", "'", "\u0301", "北", "country:", '""', "&", "\u00ad"],
)  # fmt: skip
def test_two_thousand_characters_of_anything_are_read(piece):
    """One piece over and over, ended by what does not fit: nothing takes more than linear time."""
    for end in ("", "x", "(", '"', "~"):
        text = (piece * 2000)[:1999] + end
        error = wrong(text)
        assert error is None or read(error.repaired)


def test_longer_limits_are_read_as_well():
    text = "~" + "9" * 6000
    assert read("word" + text, length=10_000).tree
    assert read(f'"a b"{text}', length=10_000).tree == Phrase("a b", 100)


def test_random_trees_are_read_back():
    """Every tree that the parser can make is spelled so that reading it gives the same tree."""
    rng = random.Random(3)
    leaves = (
        "a",
        "wor?",
        "pre*",
        "x~",
        "=A",
        '"b c"~2',
        '"AND"',
        "title:a",
        "country:AZ/about",
        "date:2024",
        "*",
    )
    for _ in range(500):
        text = rng.choice(leaves)
        for _ in range(rng.randint(0, 8)):
            shape = rng.choice(("-({})", "({}) {}", "{} OR ({})", "title:({})", "({} {})", "-{}"))
            text = shape.format(text, rng.choice(leaves))
        error = wrong(text, globs=64)
        tree = read(text if error is None else error.repaired, globs=64).tree
        assert read(show(tree), globs=64).tree == tree
