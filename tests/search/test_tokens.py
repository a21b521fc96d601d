"""Text to tokens: three forms, offsets into the text as it is, however it was typed."""

import random
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.tokens import (
    MAX_WORD,
    Token,
    count_tokens,
    cut_words,
    fold,
    is_lone_letter,
    is_plain,
    is_unspaced,
    plain_forms,
    stem,
    tokens,
    word_parts,
    words,
)

LETTERS = (
    *"aZs1 .,-'’_*()\n",
    *(
        "é",
        "e\u0301",
        "ß",
        "Ł",
        "İ",
        "ı",
        "\u00ad",
        "\u200d",
        "北",
        "京",
        "か\u3099",
        "が",
        "ｶﾞ",
        "ก",
        "ิ",
        "한",
    ),
    *("U.S.", "1,000", "’s", "𝔘", "😀", "\ud800", "ʼ", "½", "ﷺ", "٣", "\u0301", "𠮷", "क्", "й", "Ω"),
)
TEXTS = st.lists(st.sampled_from(LETTERS) | st.characters(), max_size=30).map("".join)


def forms_of(text: str, language: str = "en") -> list[tuple]:
    """Return the tokens of a text without their offsets."""
    return [(*token[2:5], token.joined and token.joined[1:]) for token in tokens(text, language)]


@pytest.mark.parametrize(
    ("text", "exact", "folded", "stem"),
    [
        pytest.param("Ministers", "Ministers", "ministers", "minist", id="stemmed"),
        pytest.param("Gašić", "Gašić", "gasic", "gasic", id="diacritics"),
        pytest.param("Łódź", "Łódź", "lodz", "lodz", id="l-with-stroke"),
        pytest.param("Ørsted", "Ørsted", "orsted", "orst", id="o-with-stroke"),
        pytest.param("Đilas", "Đilas", "dilas", "dila", id="d-with-stroke"),
        pytest.param("ılgaz", "ılgaz", "ilgaz", "ilgaz", id="dotless-i"),
        pytest.param("İzmir", "İzmir", "izmir", "izmir", id="dotted-capital-i"),
        pytest.param("Straße", "Straße", "strasse", "strass", id="sharp-s"),
        pytest.param("Æsir", "Æsir", "aesir", "aesir", id="ae"),
        pytest.param("Œuvre", "Œuvre", "oeuvre", "oeuvr", id="oe"),
        pytest.param("ǿ", "ǿ", "o", "o", id="two-signs-on-one-letter"),
        pytest.param("Əliyev", "Əliyev", "aliyev", "aliyev", id="schwa"),
        pytest.param("ΟΔΟΣ", "ΟΔΟΣ", "οδοσ", "οδοσ", id="final-sigma"),
        pytest.param("ｗｏｒｄ", "ｗｏｒｄ", "word", "word", id="full-width"),
        pytest.param("co\u00adope\u200dration", "cooperation", "cooperation", "cooper", id="unseen-letters"),
        pytest.param("U.S.", "US", "us", "us", id="acronym"),
        pytest.param("U.S", "US", "us", "us", id="acronym-without-its-last-stop"),
        pytest.param("E\u0301.U.", "ÉU", "eu", "eu", id="acronym-with-combining-accent"),
        pytest.param("minister's", "minister's", "minister", "minist", id="possessive"),
        pytest.param("minister’s", "minister's", "minister", "minist", id="curly-possessive"),
        pytest.param("NATO'S", "NATO'S", "nato", "nato", id="capital-possessive"),
        pytest.param("U.S.’s", "US", "us", "us", id="acronym-with-possessive"),
        pytest.param("1000", "1000", "1000", "1000", id="number"),
        pytest.param("٣", "٣", "٣", "٣", id="arabic-digit"),
        pytest.param("北", "北", "北", "北", id="one-letter-without-spaces"),
        pytest.param("北京", "北京", "北京", "北京", id="two-letters-without-spaces"),
        pytest.param("𠮷野", "𠮷野", "𠮷野", "𠮷野", id="astral"),
        pytest.param("한국", "한국", "한국", "한국", id="hangul-has-spaces"),
        pytest.param("ﷺ", "ﷺ", fold("ﷺ").replace(" ", ""), fold("ﷺ").replace(" ", ""), id="no-space-inside"),
    ],
)
def test_one_word_has_three_forms(text, exact, folded, stem):
    assert [token[2:] for token in tokens(text)] == [(exact, folded, stem, None)]


@pytest.mark.parametrize(
    ("text", "parts", "joined"),
    [
        pytest.param("co-operation", ["co", "operation"], "cooperation", id="hyphen"),
        pytest.param("Colonel‑General", ["colonel", "general"], "colonelgeneral", id="no-break-hyphen"),
        pytest.param("O'Brien", ["o", "brien"], "obrien", id="apostrophe"),
        pytest.param("O’Brien", ["o", "brien"], "obrien", id="curly-apostrophe"),
        pytest.param("rock'n'roll", ["rock", "n", "roll"], "rocknroll", id="two-apostrophes"),
        pytest.param("1,000", ["1", "000"], "1000", id="thousands"),
        pytest.param("3.5", ["3", "5"], "3.5", id="decimals"),
        pytest.param("F-16", ["f", "16"], "f16", id="letter-and-number"),
        pytest.param("Colonel-General's", ["colonel", "general"], "colonelgeneral", id="possessive"),
    ],
)
def test_parts_follow_each_other_and_the_joined_form_stands_at_the_first(text, parts, joined):
    first, *rest = tokens(text)
    assert [first.folded, *(token.folded for token in rest)] == parts
    assert first.joined is not None
    assert (first.joined.folded, first.joined.end) == (joined, rest[-1].end)
    assert all(token.joined is None for token in rest)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param(" \n\t\x00\ud800😀—…()", [], id="no-letter"),
        pytest.param("Z. Hasanov", ["z", "hasanov"], id="initial"),
        pytest.param("Plan B.The end", ["plan", "b", "the", "end"], id="missing-space"),
        pytest.param("U.S.-based", ["us", "based"], id="acronym-then-hyphen"),
        pytest.param("the 'quoted' ministers'", ["the", "quoted", "ministers"], id="single-quotes"),
        pytest.param("snake_case", ["snake", "case"], id="underscore"),
        pytest.param("北京市长", ["北京", "京市", "市长"], id="bigrams"),
        pytest.param("か\u3099き\u3099く\u3099", ["がぎ", "ぎぐ"], id="voicing-marks-are-no-letters"),
        pytest.param("ｶﾞｷﾞ", ["ガギ"], id="half-width-voicing-marks"),
        pytest.param("ก็กิน", ["ก็กิ", "กิน"], id="thai-vowels-are-no-letters"),
        pytest.param("2024年6月", ["2024", "年", "6", "月"], id="digits-between"),
        pytest.param("a\u3099b", ["a\u3099b"], id="mark-on-a-latin-letter"),
        pytest.param("to be or not to be", ["to", "be", "or", "not", "to", "be"], id="no-stop-words"),
        pytest.param("xʼ ʼ ʼ北ʼ", ["x", "北"], id="nothing-left-after-folding"),
    ],
)
def test_texts_fall_into_folded_words(text, folded):
    assert [token.folded for token in tokens(text)] == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("U.S.", "US", id="acronym"),
        pytest.param("minister's", "minister’s", id="curly"),
        pytest.param("Gašić", unicodedata.normalize("NFD", "Gašić"), id="nfd"),
        pytest.param("é" * 200, "e\u0301" * 200, id="nfd-past-the-longest-word"),
        pytest.param("a" * 300, "a\u00ad" * 300, id="soft-hyphens-past-the-longest-word"),
        pytest.param("minister's", "minis\u00adter's\u00ad", id="soft-hyphens-about-a-possessive"),
    ],
)
def test_two_spellings_give_the_same_tokens(one, other):
    assert forms_of(one) == forms_of(other)


@settings(max_examples=400, derandomize=True, deadline=None)
@given(TEXTS)
def test_counting_agrees_with_making(text):
    assert count_tokens(text) == len(tokens(text))


@settings(max_examples=400, derandomize=True, deadline=None)
@given(TEXTS)
def test_offsets_point_at_the_word_and_cutting_it_out_gives_it_again(text):
    places = tokens(text)
    for token in places:
        assert 0 <= token.start < token.end <= len(text)
        assert token.folded
        assert not any(letter.isspace() for letter in token.folded)
        assert token.folded in [again.folded for again in tokens(text[token.start : token.end])]
        assert tokens(text[token.start : token.end])[0].folded == token.folded
        if token.joined:
            assert token.end <= token.joined.end <= len(text)
            assert token.joined.end in [later.end for later in places]
    assert [token.start for token in places] == sorted(token.start for token in places)


@settings(max_examples=400, derandomize=True, deadline=None)
@given(TEXTS)
def test_composed_and_decomposed_text_give_equal_tokens(text):
    assert forms_of(unicodedata.normalize("NFC", text)) == forms_of(unicodedata.normalize("NFD", text))


def test_spaces_may_be_any_and_any_number():
    """Tokens are those of the words taken one by one, however they are set apart."""
    rng = random.Random(11)
    vocabulary = [
        "oil",
        "U.S.",
        "minister's",
        "co-operation",
        "1,000",
        "Gašić",
        "北京市",
        "O’Brien",
        "3.5",
        "F-16",
        "état",
    ]
    for _ in range(200):
        chosen = rng.choices(vocabulary, k=rng.randint(0, 8))
        text = "".join(word + rng.choice((" ", "\n\n", "\t", "\u00a0", "\u2003 ")) for word in chosen)
        assert forms_of(text) == [form for word in chosen for form in forms_of(word)]


@pytest.mark.parametrize(
    ("piece", "first"),
    [
        pytest.param("a", "a" * MAX_WORD, id="one-word"),
        pytest.param("a-", "a", id="hyphens"),
        pytest.param("a.b.", ("ab" * MAX_WORD)[:MAX_WORD], id="acronym"),
        pytest.param("北", "北北", id="bigrams"),
        pytest.param("1,0", "1", id="numbers"),
        pytest.param("x\u0301\u0327", ("x" * MAX_WORD)[: MAX_WORD // 3 + 1], id="accents"),
        pytest.param("\u0301\u0327", None, id="accents-on-nothing"),
        pytest.param("~_*(", None, id="signs"),
    ],
)
def test_a_megabyte_without_a_space_is_read(piece, first):
    found = tokens(piece * (1_000_000 // len(piece.encode())))
    assert (found[0].folded if found else None) == first
    assert all(len(token.exact) <= MAX_WORD for token in found)


def test_a_million_accents_on_one_letter_are_read():
    """Ordering accents is quadratic in how many there are; only so many are looked at."""
    assert tokens("e" + "\u0327\u0301" * 500_000)[0].folded == "e"
    assert len(tokens("x-e" + "\u0327\u0301" * 500_000)) == 2


def test_words_of_a_language_without_rules_are_not_stemmed():
    assert tokens("kedilerimiz evler", "xx")[0].stem == "kedilerimiz"
    assert stem("maisons", "fr") == "maison"


def test_a_token_is_its_place_and_forms():
    assert tokens("Oil's") == [Token(0, 3, "Oil's", "oil", "oil")]


def test_folding_twice_is_folding_once():
    points = (chr(point) for point in range(0x20000) if not 0xD800 <= point <= 0xDFFF)
    assert [letter for letter in points if fold(fold(letter)) != fold(letter)] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("who won, O'Brien's?", ["who", "won", "O'Brien's"], id="compounds-stay-whole"),
        pytest.param("U.S.-led", ["U.S.", "led"], id="acronym"),
        pytest.param("ʼ —", [], id="nothing"),
    ],
)
def test_words_are_as_they_are_written(text, found):
    assert words(text) == found


def test_word_parts_never_begin_with_a_mark():
    assert word_parts("\u0301pre*-\u00adw?rd", also="*?") == ["pre*", "w?rd"]


@pytest.mark.parametrize(
    ("text", "unspaced", "lone"),
    [
        pytest.param("word", False, False, id="latin"),
        pytest.param("北", True, True, id="one-letter"),
        pytest.param("กิ", True, True, id="one-letter-with-a-vowel"),
        pytest.param("北京", True, False, id="two-letters"),
        pytest.param("é", False, False, id="accent"),
        pytest.param("", False, False, id="nothing"),
    ],
)
def test_letters_of_scripts_without_spaces(text, unspaced, lone):
    assert (is_unspaced(text), is_lone_letter(text)) == (unspaced, lone)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        pytest.param("", [], id="empty"),
        pytest.param(" .. ", [], id="no-word"),
        pytest.param("one, two.", ["", "one", ", ", "two"], id="plain"),
        pytest.param("(U.S.'s 1,000-ton co-op", ["(", "U.S.'s", " ", "1,000-ton", " ", "co-op"], id="ascii"),
        pytest.param(
            "Plan B.The Z. Hasanov", ["", "Plan", " ", "B", ".", "The", " ", "Z", ". ", "Hasanov"], id="stops"
        ),
        pytest.param("– Gašić’s", ["– ", "Gašić’s"], id="beyond-ascii"),
    ],
)
def test_a_text_is_cut_into_gaps_and_words(text, pieces):
    assert cut_words(text) == pieces


@settings(max_examples=500, derandomize=True)
@given(TEXTS | st.text("aBs19.,'-_ \nU.S", max_size=20))
def test_the_tokens_of_a_text_are_those_of_its_words(text):
    """In ASCII, where words are found in another way, and beyond."""
    pieces = cut_words(text)
    assert text.startswith("".join(pieces))
    found = []
    start = 0
    for gap, word in zip(pieces[::2], pieces[1::2], strict=True):
        start += len(gap)
        for token in tokens(word):
            joined = token.joined and token.joined._replace(end=token.joined.end + start)
            found.append(token._replace(start=token.start + start, end=token.end + start, joined=joined))
        start += len(word)
    assert found == tokens(text)


@pytest.mark.parametrize("language", ["en", "sr", "xx"])
def test_plain_words_have_the_same_forms_one_by_one_and_all_at_once(language):
    plain = ["Minister", "ministers", "US", "1987", "running", "a", "x" * MAX_WORD]
    assert all(is_plain(word) for word in plain)
    assert not any(is_plain(word) for word in ("", "co-op", "é", "a_b", "x" * (MAX_WORD + 1)))
    folded, stems = plain_forms(plain, language)
    one_by_one = [tokens(word, language)[0] for word in plain]
    assert [(token.folded, token.stem) for token in one_by_one] == list(zip(folded, stems, strict=True))
    assert [token.exact for token in one_by_one] == plain
