"""All that the description of the interface allows, and much that it does not, is answered as described.

The cases are schemathesis's: examples and bounds of every argument, other methods, and random ones that
hold to the description or break it. Each is asked of an index of the embedded engine, in process.
"""

import pytest
import schemathesis
from hypothesis import settings
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.failures import AcceptedNegativeData, FailureGroup

from search.engines.whoosh.index import create
from web.application import application
from web.parameters import FILTERS
from web.settings import Settings

load_all_checks()
# Arguments may each be good and not go together, as a last day before the first: 400 then, as described.
LEFT_OUT = CHECKS.get_by_names(["positive_data_acceptance"])


class Later:
    """An archive whose engine comes after the description was read, which needs none."""

    made = None

    def held(self):
        return self

    def engine(self):
        return self.made

    def built(self):
        return "2024-06-20T00:00:00+00:00"

    def report(self):
        return {}


ARCHIVE = Later()
INTERFACE = schemathesis.openapi.from_wsgi("/openapi.json", application(ARCHIVE, Settings()))


@pytest.fixture(scope="module", autouse=True)
def _index(tmp_path_factory, articles):
    engine = create(tmp_path_factory.mktemp("conformance") / "index")
    with engine.writer() as writer:
        for article in articles:
            writer.add(article)
    ARCHIVE.made = engine
    yield
    engine.close()


# Nobody closes the files that schemathesis is sent.
@pytest.mark.filterwarnings("ignore:Exception ignored in.*FileIO:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
@INTERFACE.parametrize()
@settings(max_examples=40, derandomize=True, deadline=None)
def test_answers_conform(case):
    try:
        case.call_and_validate(excluded_checks=LEFT_OUT)
    except FailureGroup as group:
        if not is_good_as_sent(case) or not all(
            isinstance(one, AcceptedNegativeData) for one in group.exceptions
        ):
            raise


def is_good_as_sent(case):
    """Return whether a case is only wrong before it is sent: one text or number in place of a list."""
    return any(isinstance((case.query or {}).get(name), str | int | float) for name in FILTERS)
