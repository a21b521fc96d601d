"""What filters do, told at their chips."""

import pytest


@pytest.mark.parametrize(
    ("tail", "told"),
    [
        pytest.param("q=Hasanov&country=GE", ["2 fewer"], id="one"),
        pytest.param("q=Hasanov&country=-GE", ["3 fewer"], id="left-out"),
        pytest.param("q=Hasanov&country=RS&country=IR", ["1 more", "1 more"], id="alternatives"),
        pytest.param("q=Chikovani&country=GE", ["no change"], id="nothing"),
        pytest.param("q=Hasanov&country=GE&from=2023&to=2023", ["no change", "2 fewer"], id="a-period"),
    ],
)
def test_chips_tell_what_they_do(view_of, tail, told):
    view = view_of(f"/search?{tail}")
    assert [chip.effect for chip in view.chips] == told
    for chip, effect in zip(view.chips, told, strict=True):
        assert chip.remove_name.endswith(f" {effect}: remove filter")


def test_what_a_chip_tells_is_the_difference_of_two_totals(client, view_of):
    tail = "q=Hasanov&country=AZ.about&country=-RS&source=none&person=Zakir+Hasanov"
    total = client.get(f"/search.json?{tail}").json["total"]
    for chip in view_of(f"/search?{tail}").chips:
        wider = client.get(chip.remove_href.replace("/search", "/search.json")).json["total"]
        difference = wider - total
        expected = f"{abs(difference)} {'fewer' if difference > 0 else 'more'}" if difference else "no change"
        assert chip.effect == expected


def test_a_query_that_cannot_be_read_keeps_its_chips(view_of):
    chips = view_of("/search?q=%22oil&country=AZ", status=422).chips
    assert [(chip.label, chip.effect) for chip in chips] == [("Azerbaijan", "")]
