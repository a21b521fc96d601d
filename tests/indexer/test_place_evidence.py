import random

from indexer.place_evidence import Evidence, Reading
from indexer.places import Sense


def test_evidence_counts_countries_and_areas():
    evidence = Evidence.of([Reading(0, 1, ("CZ", "SK"), "rule"), Reading(2, 3, ("US",), "rule", "GA")])
    assert evidence.codes == {"CZ": 1, "SK": 1, "US": 1}
    assert evidence.areas == {("US", "GA"): 1}
    assert (evidence.points_to("GA"), evidence.points_to("AL")) == (1, 0)


def test_bonus_never_falls_with_more_evidence():
    rng = random.Random(2024)
    for _ in range(100):
        evidence = Evidence()
        sense = Sense(("US",), "city", "GA", 40)
        assert evidence.bonus(sense) == 0
        last = 0.0
        for _ in range(rng.randint(1, 20)):
            evidence.add((rng.choice(["US", "FR"]),), rng.choice(["GA", "AL", ""]))
            assert evidence.bonus(sense) >= last
            last = evidence.bonus(sense)


def test_moved_reading_keeps_what_it_says():
    assert Reading(3, 7, ("FR",), "city", "").moved(10) == Reading(13, 17, ("FR",), "city", "")
