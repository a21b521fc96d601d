"""The counts of a run, and how they are told."""

import pytest

from indexer.report import KEPT, NAMED, Report, Teller, print_report


@pytest.mark.parametrize(
    ("found", "read", "duplicates", "refused", "balanced"),
    [
        pytest.param(0, 0, 0, 0, True, id="nothing"),
        pytest.param(6, 3, 2, 1, True, id="all-accounted-for"),
        pytest.param(6, 3, 2, 0, False, id="one-lost"),
        pytest.param(5, 3, 2, 1, False, id="one-too-many"),
    ],
)
def test_nothing_is_lost(found, read, duplicates, refused, balanced):
    report = Report(found=found, read=read, duplicates=duplicates, refused=refused)
    assert report.balanced() is balanced


def test_every_refusal_is_counted_and_the_first_are_kept():
    report = Report()
    for number in range(KEPT + 5):
        report.refuse(f"f{number}", "broken" if number % 2 else "binary")
    assert (report.found, report.refused, len(report.refusals)) == (KEPT + 5, KEPT + 5, KEPT)
    assert sum(report.reasons.values()) == KEPT + 5
    assert report.as_json()["refused"] == KEPT + 5


def test_many_refusals_are_summed_up_by_reason(capsys):
    report = Report()
    for number in range(NAMED + 3):
        report.refuse(f"f{number}", "broken")
    print_report(report)
    told = capsys.readouterr().err
    assert told.count("refused: f") == NAMED
    assert "… and 3 more, by reason:" in told
    assert f"{NAMED + 3}  broken" in told


@pytest.mark.parametrize(
    ("read", "skipped", "told"),
    [
        pytest.param(1, 1, ("1 article read of 1 found", "1 file skipped"), id="one"),
        pytest.param(2_000, 3, ("2,000 articles read of 2,000 found", "3 files skipped"), id="many"),
    ],
)
def test_one_is_told_in_the_singular(read, skipped, told, capsys):
    print_report(Report(found=read, read=read, skipped=skipped))
    lines = capsys.readouterr().err.splitlines()
    assert [line.startswith(start) for line, start in zip(lines, told, strict=True)] == [True, True]


def test_notes_and_unknown_keys_are_told(capsys):
    report = Report()
    report.note("a.jsonl:3", "the body was cut")
    report.unknown_keys.update(["colour", "colour", "size"])
    print_report(report)
    told = capsys.readouterr().err
    assert "note: a.jsonl:3: the body was cut" in told
    assert "keys that are not read: colour (2), size (1)" in told


def test_a_step_is_one_json_line_off_a_terminal(capsys):
    with Teller(Report(), expected=3) as teller:
        teller.step("verify")
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith('{"step":"verify","found":0')
