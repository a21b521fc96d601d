"""The start page."""

from search.engines.memory import MemoryEngine
from web import create_app
from web.settings import Settings


def test_the_start_page_tells_size_years_and_what_there_is_most_of(view_of):
    view = view_of("/")
    assert (view.size, view.years) == ("7 articles", "2022 – 2024")
    shelves = {title: [item.label for item in choices] for title, choices in view.shelves}
    assert shelves["Countries"][:2] == ["Azerbaijan", "Georgia"]
    assert shelves["People"][0] == "Zakir Hasanov"
    assert shelves["Years"] == ["2024", "2023", "2022", "Undated"]


def test_every_example_can_be_asked(view_of, client):
    for link, _ in view_of("/").examples:
        assert client.get(link.href).status_code == 200, link.label


def test_an_empty_archive_has_a_start_page_too():
    client = create_app(engine=MemoryEngine([]), settings=Settings()).test_client()
    assert b"0 articles" in client.get("/").data
    assert client.get("/search").status_code == 200
