"""The whole job in a real browser, without JavaScript, and what our script adds to it."""

from urllib.parse import parse_qsl, urlsplit

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser):
    """A page of a desktop window that runs no script; what the console says fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=False)
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    yield page
    context.close()
    assert [text for text in said if "status of 422" not in text] == []


def counts(page, field):
    rows = page.locator(f"#facet-{field} .choice").all()
    return {row.locator(".label").inner_text(): row.locator(".count").inner_text() for row in rows}


def asked(page):
    return parse_qsl(urlsplit(page.url).query)


def ask(page, words):
    page.get_by_role("searchbox", name="Search the archive").fill(words)
    page.get_by_role("button", name="Search").click()


@pytest.mark.parametrize(("words", "hits"), [("Hasanov", 5), ("Burchuladze", 2), ("Chikovani", 1)])
def test_a_name_finds_its_dispatches(page, address, words, hits):
    page.goto(address)
    ask(page, words)
    assert page.locator(".hit").count() == hits
    assert words in page.locator("mark").all_inner_texts()


def test_picking_a_country_and_coming_back(page, address):
    """Georgia is picked: Azerbaijan, Serbia and Iran stay with their counts, and Back undoes it."""
    page.goto(address)
    ask(page, "Hasanov")
    before = counts(page, "country")
    assert (before["Azerbaijan"], before["Georgia"]) == ("5", "3")
    page.get_by_role("link", name="Georgia, 3 articles").click()
    assert asked(page) == [("q", "Hasanov"), ("country", "GE")]
    assert page.locator(".hit").count() == 3
    assert counts(page, "country") == before
    assert page.locator(".hit mark").first.inner_text() == "Hasanov"
    page.get_by_role("link", name="Country Georgia").click()
    assert asked(page) == [("q", "Hasanov")]
    page.go_back()
    assert page.locator(".hit").count() == 3


def test_leaving_out_a_country_and_clearing(page, address):
    page.goto(f"{address}/search?q=Hasanov")
    page.get_by_role("link", name="Leave out Georgia").click()
    assert page.locator(".hit").count() == 2
    assert page.locator(".chip-label").all_inner_texts() == ["not Georgia"]
    page.get_by_role("link", name="Clear all").click()
    assert page.locator(".hit").count() == 5


def test_two_days_typed_into_the_period_narrow_the_search(page, address):
    page.goto(f"{address}/search?q=Hasanov&country=AZ")
    period = page.locator("#facet-date .period")
    period.get_by_label("From").fill("2024-01-01")
    period.get_by_label("To").fill("2024-12-31")
    period.get_by_role("button").click()
    assert asked(page) == [("q", "Hasanov"), ("country", "AZ"), ("from", "2024-01-01"), ("to", "2024-12-31")]
    assert page.locator(".hit h2").all_inner_texts() == ["Serbian chief of staff receives Valiyev"]


def test_an_article_opens_with_marks_and_leads_back(page, address):
    page.goto(f"{address}/search?q=Hasanov&country=GE&sort=oldest")
    page.get_by_role("link", name="Chikovani in Baku for two days of talks").click()
    assert page.locator(".body mark:not(.told)").all_inner_texts() == ["Hasanov", "Hasanov"]
    assert set(page.locator(".body mark.told").all_inner_texts()) == {"Georgia"}
    page.locator(".tagged summary").first.click()
    assert "Baku" in page.locator(".receipts mark").first.inner_text()
    page.get_by_role("link", name="Back to search").click()
    assert asked(page) == [("q", "Hasanov"), ("country", "GE"), ("sort", "oldest")]


def test_a_broken_query_is_mended_by_a_click(page, address):
    page.goto(address)
    ask(page, 'talks "Zakir Hasanov')
    assert "cannot be read" in page.get_by_role("alert").inner_text()
    page.get_by_role("alert").get_by_role("link").click()
    assert page.locator(".hit").count() >= 1


def test_facets_stand_left_on_a_desktop_and_are_folded_on_a_phone(page, address):
    page.goto(f"{address}/search?q=Hasanov")
    facets, column = page.locator(".facets").bounding_box(), page.locator(".column").bounding_box()
    assert facets["x"] + facets["width"] <= column["x"]
    page.set_viewport_size({"width": 390, "height": 844})
    assert not page.locator("#facet-country").is_visible()
    page.locator(".fold > summary").click()
    assert page.locator("#facet-country").is_visible()
    boxes = [element.bounding_box() for element in page.locator("main *:visible").all()]
    assert max(box["x"] + box["width"] for box in boxes) <= 390


def test_the_keyboard_reaches_the_hits_by_the_skip_link(page, address):
    page.goto(f"{address}/search?q=Hasanov")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the first article"
    page.keyboard.press("Enter")
    assert page.url.endswith("#hits")


@pytest.fixture
def scripted(browser):
    """A page that runs scripts; what the console says fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    assert said == []


def test_a_whole_search_by_keyboard(scripted, address):
    page = scripted
    page.goto(f"{address}/search")
    page.keyboard.press("/")
    page.keyboard.type("zakir ha")
    page.get_by_role("option", name="Zakir Hasanov").wait_for()
    box = page.get_by_role("combobox", name="Search the archive")
    assert box.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[aria-selected=true]")
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert asked(page) == [("q", 'person:"Zakir Hasanov"')]
    titles = page.locator(".hit h2").all_inner_texts()
    for key, focused in (("j", 0), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        assert page.locator(":focus").inner_text() == titles[focused]
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("h1").inner_text() == titles[0]
    page.go_back()
    assert page.locator(".hit h2").all_inner_texts() == titles


def test_escape_closes_the_completions_then_leaves_the_box(scripted, address):
    page = scripted
    page.goto(f"{address}/search")
    page.keyboard.press("/")
    page.keyboard.type("azer")
    page.get_by_role("option", name="Azerbaijan").first.wait_for()
    page.keyboard.press("Escape")
    assert page.get_by_role("option").count() == 0
    assert page.locator("#q:focus").input_value() == "azer"
    page.keyboard.press("Escape")
    assert page.locator("#q:focus").count() == 0


def test_escape_leaves_an_article_for_its_search(scripted, address):
    page = scripted
    page.goto(f"{address}/search?q=Hasanov&sort=oldest")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/article/**")
    page.keyboard.press("/")
    page.keyboard.press("Escape")
    assert page.locator("#q:focus").count() == 0
    page.keyboard.press("Escape")
    page.wait_for_url("**/search?q=Hasanov&sort=oldest")


def test_dates_typed_and_not_sent_are_gone_when_one_comes_back(scripted, address):
    page = scripted
    page.goto(f"{address}/search?q=Hasanov")
    page.locator("#facet-date input[name=from]").fill("2024-01-01")
    page.locator("#facet-date").get_by_role("button", name="Apply").click()
    page.wait_for_url("**from=2024-01-01*")
    page.go_back()
    page.wait_for_url("**/search?q=Hasanov")
    assert page.locator("#facet-date input[name=from]").input_value() == ""


def test_a_completion_with_markup_is_text(scripted, address):
    page = scripted
    page.goto(f"{address}/search")
    page.locator("#q").fill("svg")
    page.get_by_role("option", name="<svg onload=alert(2)>").wait_for()
    assert page.locator("#completions svg").count() == 0
    with page.expect_navigation():
        page.get_by_role("option", name="<svg onload=alert(2)>").click()
    assert page.locator(".hit").count() == 1


def test_keys_are_told(scripted, address):
    page = scripted
    page.goto(f"{address}/search?q=Hasanov")
    page.keyboard.press("?")
    assert page.get_by_role("dialog", name="Keys").is_visible()
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 0


def test_a_page_and_all_it_loads_weigh_little(scripted, address):
    """Under 60 kB uncompressed, style and script included."""
    sizes = []
    scripted.on("response", lambda response: sizes.append(len(response.body())))
    scripted.goto(f"{address}/search?q=Hasanov&country=AZ", wait_until="networkidle")
    assert len(sizes) >= 3
    assert sum(sizes) < 60_000


def test_the_bars_of_dates_narrow_and_lead_back(page, address):
    page.goto(f"{address}/search?q=Hasanov")
    page.locator("#facet-date .dates a", has_text="2024").click()
    assert asked(page) == [("q", "Hasanov"), ("from", "2024-01-01"), ("to", "2024-12-31")]
    page.locator("#facet-date .more summary").click()
    page.get_by_role("link", name="June 2024, 1 article").click()
    assert page.locator("#facet-date .trail").inner_text().split("\n")[-1].endswith("June 2024")
    page.locator("#facet-date .trail").get_by_role("link", name="All dates").click()
    assert asked(page) == [("q", "Hasanov")]


def test_all_values_of_a_facet_without_scripts(page, address):
    page.goto(f"{address}/search")
    page.locator("#facet-date").get_by_role("link", name="Leave some out").click()
    page.get_by_role("link", name="Leave out 2024").click()
    assert asked(page) == [("date", "-2024")]
    page.goto(f"{address}/facet/person")
    page.get_by_label("Only values whose name holds").fill("mojs")
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("link", name="Milan Mojsilović, 1 article").click()
    assert asked(page) == [("person", "Milan Mojsilović")]


def test_a_hostile_headline_runs_nothing(browser, address):
    """With scripts allowed, so that only escaping and the policy stand in the way."""
    context = browser.new_context()
    page = context.new_page()
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(f"{address}/search?q=hostile")
    page.goto(f"{address}/article/hostile%20%3Cb%3E?q=hostile")
    page.goto(f"{address}/?q=%3Cscript%3Ealert(4)%3C/script%3E")
    context.close()
    assert dialogs == []
