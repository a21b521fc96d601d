"""The language of a text: said when it is plain, and not otherwise."""

import pytest

from indexer.language import guess_language, language_code, language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param(
            "The minister said that the talks with his guest were on the way to an end.", "en", id="en"
        ),
        pytest.param(
            "Der Minister ist nicht auf die Frage eingegangen und wurde von dem Gast gelobt.", "de", id="de"
        ),
        pytest.param(
            "Le ministre est dans la ville avec les invités qui sont pour une trêve.", "fr", id="fr"
        ),
        pytest.param("Министр был на встрече и не сказал, что из этого для них будет.", "ru", id="ru"),
        pytest.param(
            "Nazir dedi ki, bu görüş üçün hər şey olub və daha bir qonaq ilə də danışıb.", "az", id="az"
        ),
        pytest.param("", None, id="empty"),
        pytest.param("Oil prices rise", None, id="too-short"),
        pytest.param("17 18 19 20 21 22 23", None, id="figures"),
        pytest.param("the of and to in " * 3 + "der die und den von das mit dem " * 2, None, id="mixed"),
    ],
)
def test_guess(text, language):
    assert guess_language(text) == language


def test_only_the_head_of_a_text_is_looked_at():
    head = "der die und den von das mit dem des ist ein eine "
    assert guess_language(head * 60 + "the of and to in that is was for with " * 900) == "de"


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        pytest.param("en", "en", id="plain"),
        pytest.param(" EN-us ", "en", id="region"),
        pytest.param("pt_BR", "pt", id="underscore"),
        pytest.param("kab", "kab", id="three-letters"),
        pytest.param("English", None, id="a-word"),
        pytest.param("e", None, id="one-letter"),
        pytest.param("", None, id="empty"),
        pytest.param(None, None, id="none"),
    ],
)
def test_code_of_a_tag(tag, code):
    assert language_code(tag) == code


@pytest.mark.parametrize(
    ("text", "tag", "language"),
    [
        pytest.param("der die und den von das mit dem des ist", "en-US", "de", id="a-theme-in-english"),
        pytest.param("der die und den von das mit dem des ist", None, "de", id="no-tag"),
        pytest.param("och att det som en på är av för med den", "da", "da", id="a-tag-we-cannot-tell"),
        pytest.param("Oil prices rise", "en", "en", id="too-short-to-say"),
        pytest.param("Oil prices rise", "x", None, id="neither"),
    ],
)
def test_a_plain_text_goes_before_its_tag(text, tag, language):
    assert language_of(text, tag=tag) == language
