"""Paths and numbers of the command line."""

import math
import os
from typing import Any

import click


class GivenPath(click.Path):
    """A path as `click.Path` reads it, but for an empty one, which is refused.

    `Path("")` is the working folder, and `dateline rebuild "$FOLDER"` means another one when FOLDER is unset.
    """

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path. Fails as a usage error for an empty one."""
        if not os.fspath(value):
            self.fail("the path is empty, as an unset variable leaves it: name a file or folder", param, ctx)
        return super().convert(value, param, ctx)


class GivenNumber(click.FloatRange):
    """A number as `click.FloatRange` reads it, but for `nan` and `inf`, which are refused."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number. Fails as a usage error for one that cannot be counted with."""
        number: float = super().convert(value, param, ctx)
        if not math.isfinite(number):
            self.fail(f"{value} is no number to count with", param, ctx)
        return number
