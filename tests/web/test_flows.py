"""What a reporter does with the pages, by mouse and by keys: phone and desktop, with scripts and without."""

from urllib.parse import parse_qsl, urlsplit

import pytest

pytestmark = pytest.mark.browser

WAYS = [
    pytest.param(("desktop", "light", True), id="desktop-light-script"),
    pytest.param(("desktop", "dark", False), id="desktop-dark-plain"),
    pytest.param(("phone", "dark", True), id="phone-dark-script"),
    pytest.param(("phone", "light", False), id="phone-light-plain"),
]


@pytest.fixture(params=WAYS)
def way(request):
    """Window, scheme, and whether scripts run."""
    return request.param


@pytest.fixture
def page(windows, way):
    device, scheme, scripts = way
    page = windows(device, scheme, scripts=scripts).new_page()
    page.set_default_timeout(12_000)
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    page.close()
    assert faults == []


@pytest.fixture
def go(page, newsroom, way):
    """Return a function that opens a page; on a phone the filters are unfolded."""

    def to(path):
        page.goto(newsroom + path)
        unfold(page, way)

    return to


def unfold(page, way):
    fold = page.locator(".fold > summary")
    if way[0] == "phone" and fold.count():
        fold.click()


def follow(link):
    """Click on what leads to a page, and wait for that page."""
    with link.page.expect_navigation():
        link.click()


def asked(page):
    return parse_qsl(urlsplit(page.url).query)


def total(page):
    return page.locator(".total strong").inner_text()


def titles(page):
    return page.locator(".hit h2").all_inner_texts()


def link(page, name):
    return page.get_by_role("link", name=name, exact=True)


def test_search_and_a_country(page, go, way):
    go("/")
    page.locator("#q").fill("harbour")
    follow(page.get_by_role("button", name="Search"))
    assert total(page).endswith("of 23 articles")
    unfold(page, way)
    follow(link(page, "Norway, 7 articles"))
    assert asked(page) == [("q", "harbour"), ("country", "NO")]
    assert total(page) == "7 articles"
    page.go_back()
    assert total(page).endswith("of 23 articles")


def test_leave_out_a_value_and_take_what_has_none(page, go, way):
    go("/search?q=harbour&country=NO")
    follow(link(page, "Leave out Erik Halvorsen"))
    assert (total(page), page.locator(".chip.out").count()) == ("5 articles", 1)
    go("/search?q=harbour")
    follow(link(page, "No person named, 3 articles"))
    assert asked(page)[-1] == ("person", "~none")
    assert total(page) == "3 articles"


def test_switch_the_role_of_a_country(page, go):
    go("/search?country=NO")
    follow(page.locator("#facet-country .roles a", has_text="filed from"))
    assert asked(page) == [("country", "NO.filed-from")]
    assert titles(page) == ["Ferry to Hirtshals stays in harbour"]


def test_chips_go_one_by_one_and_all_at_once(page, go):
    go("/search?q=harbour&country=NO&person=-Erik+Halvorsen&from=2023-01-01")
    assert page.locator(".chip").count() == 3
    follow(page.locator(".chip.out a"))
    assert asked(page) == [("q", "harbour"), ("country", "NO"), ("from", "2023-01-01")]
    follow(link(page, "Clear all"))
    assert asked(page) == [("q", "harbour")]


def test_dates_narrow_from_years_to_a_day_and_back(page, go, way):
    go("/search?country=NO")
    for name, last in [
        ("2023", ("to", "2023-12-31")),
        ("March 2023", ("to", "2023-03-31")),
        ("14 March 2023", ("to", "2023-03-14")),
    ]:
        if page.locator("#facet-date .more summary").count():
            page.locator("#facet-date .more summary").click()
        follow(page.locator(f'#facet-date .more a[aria-label^="{name},"]'))
        assert asked(page)[-1] == last
        unfold(page, way)
    assert total(page) == "2 articles"
    follow(page.locator("#facet-date .trail").get_by_role("link", name="2023", exact=True))
    assert asked(page)[-1] == ("to", "2023-12-31")


def test_a_bar_is_a_link(page, go):
    go("/search?country=NO")
    follow(page.locator('#facet-date svg.dates a:has(title:text("2023"))'))
    assert ("from", "2023-01-01") in asked(page)


def test_a_period_is_typed(page, go):
    go("/search?q=harbour")
    period = page.locator("#facet-date .period")
    period.get_by_label("From").fill("2023-03-01")
    period.get_by_label("To").fill("2023-03-31")
    follow(period.get_by_role("button"))
    assert asked(page) == [("q", "harbour"), ("from", "2023-03-01"), ("to", "2023-03-31")]
    assert total(page) == "4 articles"


def test_sort_pages_and_articles_a_page(page, go):
    go("/search?q=harbour")
    follow(link(page, "Newest first"))
    newest = titles(page)
    assert newest[0] == "The books of the harbour of Valparaíso"
    follow(page.get_by_role("link", name="Next", exact=True))
    assert asked(page) == [("q", "harbour"), ("sort", "newest"), ("page", "2")]
    assert not set(titles(page)) & set(newest)
    follow(link(page, "25 articles a page"))
    assert asked(page) == [("q", "harbour"), ("sort", "newest"), ("size", "25")]
    assert titles(page)[: len(newest)] == newest
    assert len(titles(page)) + page.locator(".folded a").count() == 23  # copies stand under the first


def test_a_misspelt_word_is_mended(page, go):
    go("/search?q=harbuor")
    follow(link(page, "harbour"))
    assert total(page).endswith("of 23 articles")


def test_an_empty_answer_offers_what_finds_articles(page, go):
    go("/search?q=ferry+copper&country=NO")
    assert "Country: Norway" in page.locator(".narrowing").inner_text()
    follow(page.locator(".ways a", has_text="Without copper"))
    assert asked(page) == [("q", "ferry"), ("country", "NO")]
    assert len(titles(page)) >= 5


def test_all_values_filtered_and_in_order(page, go):
    go("/search?q=harbour")
    follow(page.locator("#facet-person .all a"))
    follow(page.get_by_role("link", name="A – Z"))
    names = page.locator(".wide .label").all_inner_texts()[1:]
    assert names == sorted(names)
    page.get_by_label("Only values whose name holds").fill("jurgen")
    follow(page.get_by_role("button", name="Filter"))
    follow(link(page, "Jürgen Petersen, 1 article"))
    assert asked(page) == [("q", "harbour"), ("person", "Jürgen Petersen")]


def test_a_tag_shows_its_words_its_rule_and_the_line_against_it(page, go):
    go("/article/books-01?q=harbour")
    follow(page.get_by_role("link", name="Mark its words: Chile"))
    assert page.locator(".body mark.told").all_inner_texts() == ["Valparaíso", "Chile"]
    receipts = page.locator(".tagged li:has([aria-current]) .receipts").inner_text()
    assert "country’s own name" in receipts
    page.locator(".tagged details[open] .mend summary").click()
    assert "CL" in page.locator(".mend[open] pre").first.inner_text()
    follow(page.get_by_role("link", name="Unmark its words: Chile"))
    assert page.locator("mark.told").count() == 0


def test_a_copy_is_compared_word_by_word(page, go):
    go("/article/strike-02?q=copper")
    follow(page.get_by_role("link", name="What differs: Harbour strike").last)
    assert asked(page)[1:] == [("q", "copper")]
    assert "on Monday" in page.locator(".differs .passage ins").all_inner_texts()[1]
    assert page.locator(".differs .folded").count() == 1
    follow(page.locator(".differs").get_by_role("link", name="Close the comparison"))
    assert (asked(page), page.locator(".differs").count()) == ([("q", "copper")], 0)


def test_marks_of_a_tag_and_a_comparison_stay_beside_each_other(page, go):
    go("/article/strike-01?q=copper&copy=strike-03")
    follow(page.get_by_role("link", name="Mark its words: Peru"))
    assert (page.locator(".differs").count(), page.locator("mark.told").count() > 0) == (1, True)
    follow(page.locator(".differs").get_by_role("link", name="Close the comparison"))
    assert (page.locator(".differs").count(), page.locator("mark.told").count() > 0) == (0, True)


def test_articles_or_stories_are_counted(page, go, way):
    go("/search?q=strike")
    articles = total(page)
    follow(link(page, "Stories"))
    assert asked(page) == [("q", "strike"), ("stories", "1")]
    stories = total(page)
    assert stories.endswith("stories")
    assert int(stories.split()[-2]) < int(articles.split()[-2])
    unfold(page, way)
    follow(page.locator("#facet-country .pick").first)
    assert ("stories", "1") in asked(page)
    follow(link(page, "Articles"))
    assert "stories" not in dict(asked(page))


def test_what_a_filter_asks_for_is_marked_beside_the_words(page, go):
    go("/search?q=copper&country=PE")
    told, words = page.locator(".snippet mark.told"), page.locator(".snippet mark:not(.told)")
    assert told.count()
    assert set(told.all_inner_texts()) <= {"Peru", "Peru's", "Peruvian", "Callao", "Lima"}
    assert {word.lower() for word in words.all_inner_texts()} == {"copper"}


def test_from_mark_to_mark(page, go, way):
    go("/article/books-01?q=harbour")
    if not way[2]:
        page.get_by_role("link", name="Marked place 3", exact=True).click()
        assert page.url.endswith("#mark-3")
        return
    before, marks = page.evaluate("history.length"), page.locator(".story mark").count()
    for by, at in [("Next", 1), ("Next", 2), ("Previous", 1), ("Previous", marks)]:
        page.get_by_role("button", name=f"{by} mark").click()
        page.get_by_text(f"{at} of {marks}", exact=True).wait_for()
    page.keyboard.press("n")
    page.get_by_text(f"1 of {marks}", exact=True).wait_for()
    assert marks > 9
    assert page.evaluate("history.length") == before


def test_from_hit_to_hit_and_back(page, go):
    go("/search?q=harbour&country=NO&sort=oldest")
    found = titles(page)
    follow(page.locator(".hit h2 a").first)
    seen = [page.locator("h1").inner_text()]
    while page.locator("a[rel=next]").count():
        follow(page.locator("a[rel=next]"))
        seen.append(page.locator("h1").inner_text())
    assert seen == found
    follow(page.locator("a[rel=prev]"))
    assert page.locator("h1").inner_text() == found[-2]
    follow(page.get_by_role("link", name="Back to search"))
    assert asked(page) == [("q", "harbour"), ("country", "NO"), ("sort", "oldest")]


def test_copies_others_and_how_to_cite(page, go):
    go("/article/strike-01")
    copies = page.locator("section", has=page.get_by_role("heading", name="Copies of this article"))
    assert "11 June 2024" in copies.inner_text()
    others = page.locator("section", has=page.get_by_role("heading", name="More like this"))
    assert "Talks end the strike in Callao" in others.inner_text()
    assert "Pacific Ledger" in page.locator(".cited").inner_text()
    page.locator("summary", has_text="BibTeX").click()
    assert page.locator("#cite ~ details pre").inner_text().startswith("@")


def test_back_restores_words_filters_and_place(page, go, way):
    go("/search?q=harbour&country=NO&sort=oldest&size=25")
    before = (page.url, titles(page))
    page.locator(".hit h2 a").last.scroll_into_view_if_needed()
    follow(page.locator(".hit h2 a").last)
    page.go_back()
    assert (page.url, titles(page)) == before
    assert page.locator("#q").input_value() == "harbour"
    if way[2]:
        assert page.evaluate("scrollY") > 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_whole_search_by_keys_alone(windows, newsroom, scheme):
    page = windows("desktop", scheme).new_page()
    page.goto(f"{newsroom}/search")
    page.keyboard.press("/")
    page.keyboard.type("ingrid")
    page.get_by_role("option", name="Ingrid Larsen").wait_for()
    page.keyboard.press("ArrowDown")
    assert page.locator("#q").get_attribute("aria-activedescendant") == "completion-0"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    found = titles(page)
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.locator(":focus").inner_text() == found[1]
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("h1").inner_text() == found[1]
    page.keyboard.press("?")
    assert page.get_by_role("dialog", name="Keys").is_visible()
    page.keyboard.press("Escape")
    page.go_back()
    assert titles(page) == found
    page.close()
