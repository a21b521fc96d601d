"""About how many articles lie under some paths."""

import gzip
import os

from indexer.expected import expected_articles


def test_lines_count_where_a_line_is_an_article_and_files_elsewhere(tmp_path):
    (tmp_path / "a.txt").write_text("one\ntwo\nthree\n")
    (tmp_path / "b.jsonl").write_text("{}\n" * 7)
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress(b"{}\n" * 5))
    (tmp_path / "d.csv").write_text("id,text\n1,a\n2,b\n")
    assert expected_articles([tmp_path]) == 1 + 7 + 5 + 3
    assert expected_articles([tmp_path / "a.txt", tmp_path / "b.jsonl"]) == 8


def test_what_is_skipped_is_not_waited_for(tmp_path):
    (tmp_path / "README.md").write_text("about the folder")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")
    (tmp_path / "a.txt").write_text("one")
    assert expected_articles([tmp_path]) == 1


def test_what_cannot_be_opened_counts_as_one_and_nothing_hangs(tmp_path):
    (tmp_path / "broken.jsonl.gz").write_bytes(b"\x1f\x8b not gzip")
    packed = gzip.compress(b"{}\n" * 5)
    (tmp_path / "torn.jsonl.gz").write_bytes(packed[:10] + b"\xff" * (len(packed) - 10))
    os.mkfifo(tmp_path / "pipe.jsonl")
    (tmp_path / "gone.jsonl").symlink_to(tmp_path / "nowhere")
    assert expected_articles([tmp_path]) == 4
