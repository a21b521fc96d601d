"""The examples in bench's plain functions hold; nothing may import bench, so they run beside."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("module", ["figures", "limit"])
def test_examples(module):
    """Percentiles, means, exponents, and the bytes a question must touch, as worked out by hand."""
    program = [sys.executable, "-m", "doctest", f"bench/{module}.py"]
    ran = subprocess.run(program, cwd=ROOT, capture_output=True, text=True)
    assert (ran.stdout, ran.stderr, ran.returncode) == ("", "", 0)
