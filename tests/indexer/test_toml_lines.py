"""Lines of the places of a TOML text, and the errors of what is none."""

import random
import tomllib

import pytest

from indexer.toml_lines import LINE_CHARS, TomlError, read_toml

TEXT = """# what stands where
[people]
"Vera \\u0048olm" = ["V. Holm",
  "Dr. H # olm", # not a key = 1
]
'a.b'.c = { x = 2023-11-27, y = [1.5, { z = "deep" }] }
[outlets."x.y"]
long = \"\"\"a
[no.table]
b\"\"\"
last = "]" # [
[[many]]
a = 1
[[many]]
a = 2
"""


@pytest.mark.parametrize(
    ("place", "line"),
    [
        pytest.param(("people",), 2, id="table"),
        pytest.param(("people", "Vera Holm"), 3, id="quoted-key-with-escape"),
        pytest.param(("people", "Vera Holm", 0), 3, id="first-element"),
        pytest.param(("people", "Vera Holm", 1), 4, id="element-on-a-line-of-its-own"),
        pytest.param(("people", "a.b", "c"), 6, id="dotted-key"),
        pytest.param(("people", "a.b", "c", "y", 1, "z"), 6, id="inline-table-in-a-list"),
        pytest.param(("outlets", "x.y"), 7, id="quoted-table"),
        pytest.param(("outlets", "x.y", "last"), 11, id="after-a-long-string"),
        pytest.param(("many", 1, "a"), 15, id="table-of-a-list"),
        pytest.param(("people", "Vera Holm", 9), 3, id="unknown-place-has-the-line-of-what-holds-it"),
        pytest.param(("nowhere",), 1, id="unknown-key"),
    ],
)
def test_line_of_a_place(place, line):
    assert read_toml(TEXT).line(place) == line


def test_data_is_that_of_tomllib():
    assert read_toml(TEXT).data == tomllib.loads(TEXT)


def test_every_key_of_a_random_text_has_its_line():
    """A text is written line by line, so that each key's line is known."""
    rng = random.Random(6)
    values = ("1", '"a = [b]"', "'#'", "[1, [2], {k = 3}]", "{ q = '}' }", "2023-11-27 10:00:00", "[\n1,\n]")
    for _ in range(100):
        text, lines = "", {}
        for number in range(rng.randint(1, 20)):
            text += rng.choice(("", "\n", "# c = 1\n", "   "))
            lines[f"k{number}"] = text.count("\n") + 1
            text += f"k{number} = {rng.choice(values)}{rng.choice(('', '  # x'))}\n"
        read = read_toml(text)
        assert {key: read.line((key,)) for key in lines} == lines


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("a = 1\nb = [\n", 2, id="unclosed"),
        pytest.param("a = 1\n\nb = = 2\n", 3, id="syntax"),
        pytest.param("a = 1\na = 2", 2, id="twice"),
        pytest.param("a = 1\nb = " + "[" * 5_000, 2, id="brackets-without-end"),
        pytest.param("a = 1\nb = " + "9" * 5_000, 2, id="number-of-5000-digits"),
        pytest.param("\n\n" + ".".join("a" * LINE_CHARS) + " = 1", 3, id="key-of-10000-parts"),
        pytest.param("a = 1\n\x00", 2, id="control-sign"),
    ],
)
def test_no_toml_is_refused_with_its_line(text, line):
    with pytest.raises(TomlError) as caught:
        read_toml(text)
    assert caught.value.line == line
