"""Which names share the key of one spelling, and which that of one sound."""

import random

import pytest

from indexer.spelling import difference, plain_key, sound_key


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("Bratislav Gašić", "Bratislav Gasic", True, id="accents"),
        pytest.param(
            "Bratislav Gašić", "Bratislav Gas\u030cic\u0301", True, id="accents-as-signs-of-their-own"
        ),
        pytest.param("ILHAM ALIYEV", "Ilham Aliyev", True, id="capitals"),
        pytest.param("Kim Dae-jung", "Kim Dae Jung", True, id="hyphen-and-space"),
        pytest.param("Kim Dae-jung", "Kim Daejung", True, id="hyphen-and-nothing"),
        pytest.param("Sean O'Brien", "Sean O’Brien", True, id="apostrophes"),
        pytest.param("Frederik De Klerk", "Frederik DeKlerk", True, id="particle-run-on"),
        pytest.param("J. Robert Miller", "J Robert Miller", True, id="dot-of-an-initial"),
        pytest.param("Peter J.R. Miller Holm", "Peter J. R. Miller Holm", True, id="initials-apart"),
        pytest.param("Peter JR Miller", "Peter J.R. Miller", True, id="initials-without-dots"),
        pytest.param("George Palmer Jr.", "George Palmer, Jr", True, id="dot-and-comma-of-a-suffix"),
        pytest.param("George Palmer Jr", "George Palmer", False, id="a-suffix-is-a-difference"),
        pytest.param("Ann E. Smith", "Anne Smith", False, id="an-initial-is-no-letter-of-a-name"),
        pytest.param("Thomas A. Miller", "Thomas Miller", False, id="an-initial-is-a-difference"),
        pytest.param("Stefan Gaich", "Stefan Gašić", False, id="other-letters"),
        pytest.param("REAGAN", "Reagan", True, id="one-word-in-capitals"),
        pytest.param("Gašić", "Gasic", False, id="one-word-keeps-its-accents"),
        pytest.param("B. Gašić", "B. Gasic", False, id="initial-and-surname-keeps-its-accents"),
        pytest.param("Z. Hasanov", "Z Hasanov", True, id="initial-and-surname-without-dot"),
        pytest.param("Владимир Иванов", "ВЛАДИМИР ИВАНОВ", True, id="cyrillic"),
        pytest.param("...", "!!!", False, id="no-letters"),
        pytest.param("\ud800 Holm Berg", "\ud800 Holm berg", True, id="lone-surrogate"),
    ],
)
def test_plain_key(one, other, same):
    assert (plain_key(one) == plain_key(other)) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("Mohammed Hasan", "Muhammad Hassan", True, id="mohammed"),
        pytest.param("Mohamad Hasan", "Mohammad Hasan", True, id="mohamad"),
        pytest.param("Muammar Qaddafi", "Moammar Gadhafi", True, id="qaddafi"),
        pytest.param("Volodymyr Zelensky", "Volodymyr Zelenskyy", True, id="yy"),
        pytest.param("Volodymyr Zelensky", "Volodymyr Zelenskiy", True, id="iy"),
        pytest.param("Aleksandr Petrov", "Alexander Petroff", True, id="alexander-and-off"),
        pytest.param("Yuri Petrov", "Yuriy Petrov", True, id="yuriy"),
        pytest.param("Yuri Petrov", "Iurii Petrov", True, id="iurii"),
        pytest.param("Slobodan Milošević", "Slobodan Miloshevich", True, id="sh-and-ch"),
        pytest.param("Juansher Burchuladze", "Dzhuansher Burchuladze", True, id="dzh"),
        pytest.param("Mikhail Petrov", "Mihail Petrov", True, id="kh"),
        pytest.param("Sergei Alekseev", "Sergey Alexeyev", True, id="eyev"),
        pytest.param("Boris Yeltsin", "Boris Eltsin", True, id="ye"),
        pytest.param("Ilham Aliyev", "İlham Əliyev", True, id="schwa"),
        pytest.param("Ilham Aliyev", "Ilham Aliev", True, id="iyev"),
        pytest.param("Bashar al-Assad", "Bashar Assad", True, id="article"),
        pytest.param("Abdul Rahman Sayed", "Abdel-Rahman Sayed", True, id="abdul"),
        pytest.param("Hans Müller", "Hans Mueller", True, id="umlaut"),
        pytest.param("Novak Đoković", "Novak Djokovic", True, id="dj"),
        pytest.param("Tzipi Livni", "Tsipi Livni", True, id="tz"),
        pytest.param("Hussein Khan", "Husain Khan", True, id="hussein"),
        pytest.param("Nasser Shoumali", "Nasir Shumali", True, id="ou-in-a-surname"),
        pytest.param("Maria Lopez", "Mario Lopez", False, id="maria-and-mario"),
        pytest.param("Luis Garcia", "Louis Garcia", False, id="luis-and-louis"),
        pytest.param("Stefan Petrov", "Stephen Petrov", False, id="stefan-and-stephen"),
        pytest.param("Jan Petrov", "Ian Petrov", False, id="short-names"),
        pytest.param("Ivan Petrov", "Ivana Petrov", False, id="a-final-a"),
        pytest.param("Anna Petrova", "Anna Petrov", False, id="feminine-surname"),
        pytest.param("Stefan Gaich", "Stefan Gašić", False, id="gaich-and-gasic"),
        pytest.param("Vladimir Petrov", "Volodymyr Petrov", False, id="translated-given-name"),
        pytest.param("Thomas A. Miller", "Thomas B. Miller", False, id="other-initial"),
        pytest.param("George Palmer Jr", "George Palmer Sr", False, id="generations"),
    ],
)
def test_sound_key(one, other, same):
    assert sound_key(one)
    assert (sound_key(one) == sound_key(other)) is same


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("Hasanov", id="one-word"),
        pytest.param("Z. Hasanov", id="initial"),
        pytest.param("J.R. Hasanov Jr", id="initials-and-suffix"),
        pytest.param("Zhang Xiaoming", id="chinese"),
        pytest.param("Kim Dae-jung", id="korean"),
        pytest.param("Kim Dae Jung", id="korean-without-hyphen"),
        pytest.param("Xiaoming Zhang", id="chinese-in-western-order"),
        pytest.param("Anna " + "a" * 100, id="too-long"),
        pytest.param("", id="empty"),
    ],
)
def test_these_are_not_told_by_sound(name):
    assert sound_key(name) == ""


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        pytest.param("Milan Gasic", "Milan Gašić", "spelling without accents", id="without-accents"),
        pytest.param("Milan Gašič", "Milan Gašić", "spelling with other accents", id="other-accents"),
        pytest.param("Milan Gašić", "Milan Gasic", "spelling with other accents", id="with-accents"),
        pytest.param("MILAN GASIC", "Milan Gasic", "spelling with other capitals", id="capitals"),
        pytest.param("Thomas A Holm", "Thomas A. Holm", "spelling with other dots", id="dots"),
        pytest.param("Sean O’Brien", "Sean O'Brien", "spelling with other apostrophes", id="apostrophes"),
        pytest.param("Jean Luc Holm", "Jean-Luc Holm", "spelling with other hyphens", id="hyphens"),
        pytest.param(
            "JEAN LUC GASIC",
            "Jean-Luc Gašić",
            "spelling with other capitals and accents and hyphens",
            id="three",
        ),
    ],
)
def test_difference(name, value, told):
    assert plain_key(name) == plain_key(value)
    assert difference(name, value) == told


def test_names_of_one_spelling_have_one_sound():
    """Capitals and hyphens change neither key of a name."""
    rng = random.Random(11)
    for _ in range(300):
        words = ["".join(rng.choices("abdegiklmnorstuvyzčšćéí", k=rng.randint(4, 8))) for _ in range(3)]
        name = " ".join(words).title()
        assert plain_key(name) == plain_key(name.upper()) == plain_key("-".join(words[:2]) + f" {words[2]}")
        assert sound_key(name) == sound_key(name.upper()) == sound_key("-".join(words[:2]) + f" {words[2]}")
