"""What the lists say of single words."""

import pytest

from indexer.lexicon import (
    Kind,
    Listed,
    demonyms,
    given_name,
    kind_of,
    nicknames,
    section,
    surname,
    surname_shaped,
)


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        pytest.param("minister", Kind.TITLE, id="title"),
        pytest.param("colonel-general", Kind.TITLE, id="listed-with-hyphen"),
        pytest.param("lieutenant-colonel", Kind.TITLE, id="two-titles"),
        pytest.param("azerbaijani-iranian", Kind.STOP, id="two-demonyms"),
        pytest.param("georgian", Kind.STOP, id="demonym"),
        pytest.param("agency", Kind.ORGANISATION, id="institution"),
        pytest.param("inc", Kind.COMPANY, id="firm"),
        pytest.param("jr", Kind.SUFFIX, id="suffix"),
        pytest.param("however", Kind.STOP, id="small-word"),
        pytest.param("hasanov", None, id="name"),
        pytest.param("smith-jones", None, id="double-name"),
        pytest.param("-", None, id="hyphen-alone"),
    ],
)
def test_kind_of(key, kind):
    assert kind_of(key) is kind


@pytest.mark.parametrize(
    ("key", "given", "family"),
    [
        pytest.param("thomas", Listed.YES, Listed.YES, id="both"),
        pytest.param("salinas", Listed.NO, Listed.YES, id="surname"),
        pytest.param("bill", Listed.ALSO_WORD, Listed.ALSO_WORD, id="ordinary-word-too"),
        pytest.param("jean-luc", Listed.YES, Listed.NO, id="both-halves"),
        pytest.param("xqzt", Listed.NO, Listed.NO, id="neither"),
    ],
)
def test_name_lists(key, given, family):
    assert given_name(key) is given
    if key != "jean-luc":
        assert surname(key) is family


def test_a_surname_ending_needs_a_stem():
    assert surname_shaped("burchashvili")
    assert not surname_shaped("shvili")


def test_nicknames_stand_both_ways():
    assert {("bob", "robert"), ("robert", "bob")} <= nicknames()


def test_demonyms_are_folded_single_words():
    assert {"georgian", "serb", "serbs"} <= demonyms()
    assert all(word == word.lower() and " " not in word for word in demonyms())


def test_an_unknown_section_is_an_error():
    with pytest.raises(KeyError):
        section("no such section")
