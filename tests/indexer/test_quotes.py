"""Whether the text attributes words to a person."""

import pytest

from indexer.people import quotations, tag_people


@pytest.mark.parametrize(
    ("body", "roles"),
    [
        pytest.param("Stefan Gaich said it works.", ("quoted",), id="name-said"),
        pytest.param("“It works,” said Stefan Gaich.", ("quoted",), id="quote-said-name"),
        pytest.param("``It works,'' said Stefan Gaich, an analyst.", ("quoted",), id="backtick-quotes"),
        pytest.param("It works, said Foreign Minister Stefan Gaich.", ("quoted",), id="said-title-name"),
        pytest.param(
            "It works, said the minister of trade, Stefan Gaich.", ("quoted",), id="said-the-minister-name"
        ),
        pytest.param("According to Stefan Gaich, it works.", ("quoted",), id="according-to"),
        pytest.param("According to analyst Stefan Gaich it works.", ("quoted",), id="according-to-role"),
        pytest.param("Stefan Gaich: “It works.”", ("quoted",), id="colon"),
        pytest.param(
            "Stefan Gaich, 45, an analyst at a bank, said so.", ("quoted",), id="over-an-apposition"
        ),
        pytest.param("Stefan Gaich, in turn, emphasized that it works.", ("quoted",), id="in-turn"),
        pytest.param("Stefan Gaich later told the press.", ("quoted",), id="over-an-adverb"),
        pytest.param("Stefan Gaich slept.", ("mentioned",), id="no-speech"),
        pytest.param("She told Stefan Gaich to leave.", ("mentioned",), id="spoken-to"),
        pytest.param("Officials said Stefan Gaich would leave.", ("mentioned",), id="spoken-of"),
        pytest.param("Stefan Gaich left. She said so.", ("mentioned",), id="another-sentence"),
        pytest.param("Stefan Gaich slept. “Fine,” said Gaich.", ("quoted", "mentioned"), id="both"),
        pytest.param("Stefan Gaich was quoted by the agency as saying it works.", ("quoted",), id="cited"),
        pytest.param("Stefan Gaich was quoted as saying it works.", ("quoted",), id="cited-plainly"),
        pytest.param("Stefan Gaich claimed that it works.", ("quoted",), id="claimed-that"),
        pytest.param("Stefan Gaich claimed the crown.", ("mentioned",), id="claimed-a-thing"),
        pytest.param("Stefan Gaich maintained that view.", ("quoted",), id="maintained-that"),
        pytest.param("Stefan Gaich maintained a lead.", ("mentioned",), id="maintained-a-thing"),
        pytest.param("Stefan Gaich asked whether it works.", ("quoted",), id="asked-whether"),
        pytest.param("Stefan Gaich asked the court for time.", ("mentioned",), id="asked-a-court"),
        pytest.param("Stefan Gaich wrote, “It works.”", ("quoted",), id="wrote-a-quotation"),
        pytest.param("Stefan Gaich wrote two books.", ("mentioned",), id="wrote-books"),
        pytest.param("Stefan Gaich declined to say more.", ("mentioned",), id="declined-to-say"),
        pytest.param("Stefan Gaich did not say when.", ("mentioned",), id="did-not-say"),
        pytest.param("Stefan Gaich would not comment.", ("mentioned",), id="would-not-comment"),
        pytest.param("Stefan Gaich was told to leave.", ("mentioned",), id="was-told"),
        pytest.param(
            "According to the mayor, Stefan Gaich, it works.", ("quoted",), id="according-to-the-mayor"
        ),
        pytest.param(
            "According to tax records, Stefan Gaich left.", ("mentioned",), id="according-to-records"
        ),
        pytest.param("A colleague said of Stefan Gaich, “I like him.”", ("mentioned",), id="said-of"),
        pytest.param("He wrote to Stefan Gaich: “Please come.”", ("mentioned",), id="wrote-to-colon"),
        pytest.param("Critics said about Stefan Gaich that he is old.", ("mentioned",), id="said-about"),
        pytest.param("Stefan Gaich has said it works.", ("quoted",), id="has-said"),
        pytest.param("Stefan Gaich told reporters it works.", ("quoted",), id="told-reporters"),
        pytest.param("“Why now?” asked Stefan Gaich.", ("quoted",), id="asked-inverted"),
        pytest.param("A spokesman for Stefan Gaich said so.", ("mentioned",), id="spokesman-for"),
        pytest.param("Aides to President Stefan Gaich said so.", ("mentioned",), id="aides-to-a-title"),
        pytest.param("Friends of Stefan Gaich, 40, said so.", ("mentioned",), id="friends-of-apposition"),
        pytest.param("A report by Stefan Gaich said so.", ("mentioned",), id="report-by"),
        pytest.param("The banks, unlike Stefan Gaich, said so.", ("mentioned",), id="unlike"),
        pytest.param(
            "It is late, for Stefan Gaich said he would go.", ("quoted",), id="for-as-a-conjunction"
        ),
        pytest.param("It was approved of. Stefan Gaich said so.", ("quoted",), id="of-another-sentence"),
        pytest.param("What he spoke of, Stefan Gaich said, was oil.", ("quoted",), id="of-and-a-comma"),
    ],
)
def test_roles(body, roles):
    (tag,) = tag_people("", body)
    assert tag.roles == roles


def test_a_headline_can_quote():
    (tag,) = tag_people("OIL TO FALL, SAYS NOVAK", "Peter Novak sells oil.")
    assert tag.roles == ("quoted", "mentioned")


@pytest.mark.parametrize(
    ("body", "quoted"),
    [
        pytest.param("Mr. Gaich came on Monday. “We are ready,” he said.", {"Gaich"}, id="he-said"),
        pytest.param("Mr. Gaich came on Monday. He said it works.", {"Gaich"}, id="he-said-first"),
        pytest.param("Mrs. Gaich came on Monday. “We are ready,” she added.", {"Gaich"}, id="she-added"),
        pytest.param("Mrs. Gaich came on Monday. “We are ready,” he said.", set(), id="another-gender"),
        pytest.param("Mr. Gaich met Mr. Novak on Monday. He said it works.", set(), id="two-men"),
        pytest.param("Mr. Gaich met Mrs. Novak on Monday. She said it works.", {"Novak"}, id="man-and-woman"),
        pytest.param(
            "“It works,” said Mr. Gaich of Mr. Novak. “I like it,” he added.",
            {"Gaich"},
            id="the-speaker-goes-on",
        ),
        pytest.param("Mr. Gaich came on Monday. They said it works.", set(), id="they"),
        pytest.param("Mr. Gaich came on Monday. He left on Friday.", set(), id="no-speech"),
        pytest.param("Mr. Gaich came. It rained. Nobody left. He said so.", set(), id="too-far"),
        pytest.param("“It works. It is new. It is good,” he said.", set(), id="nobody-named"),
        pytest.param(
            "Mr. Gaich came. “It works. It is new. Nobody knows,” he said.",
            {"Gaich"},
            id="over-a-long-quotation",
        ),
        pytest.param("Mr. Gaich came on Monday. “Fine,” said he.", {"Gaich"}, id="said-he"),
        pytest.param("Mr. Gaich came. He was told to leave.", set(), id="he-was-told"),
        pytest.param("Mr. Gaich came. He claimed the crown.", set(), id="he-claimed-a-thing"),
    ],
)
def test_he_and_she_are_traced(body, quoted):
    tags = tag_people("", body)
    assert {tag.name for tag in tags if "quoted" in tag.roles} == quoted


def test_every_quotation_that_is_told_is_a_role():
    body = "Mr. Gaich came. He said so. “No,” said Anna Kowalski. Peter Novak left."
    told = set(quotations(body))
    assert {name for name, _, _ in told} == {"Gaich", "Anna Kowalski"}
    assert {(how, body[at : at + 2]) for _, how, at in told} == {("pronoun", "He"), ("name", "An")}


@pytest.mark.parametrize("pattern", ["he said ", "“he said.” ", "Mr. Gaich said he said. "], ids=str.strip)
def test_a_text_of_pronouns_is_read_in_time_by_its_length(pattern):
    assert isinstance(tag_people("", pattern * 20_000), tuple)
