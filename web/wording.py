"""The English of the pages: how dates, sources, fields and counts are put into words."""

from datetime import date

from search.domain import Article, Filter, Listed, Query
from web.params import whole_period

FIELD_TITLES = {
    "country": "Country",
    "person": "Person",
    "date": "Date",
    "outlet": "Outlet",
    "language": "Language",
    "source": "How the date is known",
    "says": "Dates in the text",
    "story": "Story",
}

_MISSING = {
    "country": "No country named",
    "person": "No person named",
    "date": "Undated",
    "outlet": "Outlet unknown",
    "language": "Language unknown",
    "source": "No date found",
    "says": "No date in the text",
    "story": "No story",
}

_SOURCES = {
    "given": "Given with the article",
    "meta": "Page metadata",
    "structured": "Structured data",
    "byline": "Byline",
    "dateline": "Dateline",
    "url": "Web address",
    "filename": "File name",
    "text": "Stated in the text",
    "none": "No date found",
}

_FROM_SOURCE = {
    "given": "given with the article",
    "meta": "from the page’s metadata",
    "structured": "from the page’s structured data",
    "byline": "from the byline",
    "dateline": "from the dateline",
    "url": "from the web address",
    "filename": "from the file name",
    "text": "stated in the text",
}

_LANGUAGES = {
    "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian", "bn": "Bengali",
    "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
    "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French",
    "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian",
    "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh",
    "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "mk": "Macedonian", "nl": "Dutch",
    "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "sk": "Slovak", "sl": "Slovene", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish",
    "sw": "Swahili", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip

_ROLES = {
    "filed-from": "filed from",
    "about": "about",
    "mentioned": "mentioned",
    "quoted": "quoted",
}

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


TEXT = {
    "about_article": "About this article",
    "alike": "More like this",
    "all_articles": "All articles",
    "all_dates": "Pick or leave out several",
    "all_filters_off": "Clear all",
    "all_time": "All dates",
    "all_values": "Show all {count:,}",
    "all_values_of": "{title}: {label}",
    "any_role": "any role",
    "app": "Dateline",
    "article": "article",
    "articles": "articles",
    "at_character": "at character {number:,}",
    "back_to_hits": "Back to the articles",
    "back_to_search": "Back to search",
    "bar_guessed": ", {count:,} of them dated by a guess",
    "bibtex": "BibTeX",
    "broke": "Dateline failed on this request. Its log says where; the archive itself is not harmed.",
    "by_author": "by {author}",
    "chips": "Your selections",
    "choice": "{label}, {articles}",
    "choice_held": "{label}, {articles}, picked. Remove",
    "choice_left_out": "left out",
    "choice_not": "not",
    "choice_out": "{label}, {articles}, left out. Remove",
    "choice_remove": "remove",
    "cite": "Cite",
    "close": "Close",
    "compare": "What differs",
    "compare_off": "Close the comparison",
    "completions": "Ways to go on",
    "completions_offered": "# ways to go on; arrow keys choose",
    "copies": "and {copies} of this story",
    "copies_many": "copies",
    "copies_of": "Copies of this article",
    "copy": "copy",
    "copy_in": "{where}: {title}",
    "copies_folded": "Also in",
    "count_articles": "Articles",
    "count_stories": "Stories",
    "counting": "What is counted",
    "countries": "Countries",
    "dates_as_list": "As a list",
    "dates_guessed": "date guessed",
    "depth": "Pages reach as far as article {article:,}; narrow the search to see the others.",
    "did_you_mean": "Did you mean",
    "differs_coarse": "They differ so much that words which both have may stand as changed.",
    "differs_cut": "Only the beginnings are compared: {words:,} words or {characters:,} characters of each.",
    "differs_end": "]",
    "differs_folded": "{words} the same",
    "differs_from": "What differs in this copy",
    "differs_gone": "only in this article",
    "differs_itself": "This article cannot be compared with itself; choose one of its copies.",
    "differs_new": "only in the copy",
    "differs_no_copy": "“{title}” is no copy of this article: the two are not compared.",
    "differs_none": "Title and text are the same, word for word.",
    "differs_places": "{places} with other words",
    "differs_start": "[{which}: ",
    "differs_text": "Text",
    "differs_title": "Title",
    "differs_unknown": "There is no article “{id}” to compare with. It may have left the archive since.",
    "effect_fewer": "{count:,} fewer",
    "effect_more": "{count:,} more",
    "effect_none": "no change",
    "example_country": "articles about a country",
    "example_or": "either word",
    "example_phrase": "an exact phrase",
    "example_prefix": "words that begin so, and one left out",
    "example_surname": "minister",
    "example_title": "prime minister",
    "example_word": "one word, in any of its forms",
    "filter": "Filter",
    "filters": "Filters",
    "filters_set": "{count} set",
    "given_with": "given with the article",
    "grade_0": "no answer",
    "grade_1": "touches it",
    "grade_2": "good",
    "grade_3": "just what was sought",
    "grade_of": "Grade article {number}",
    "grade_these": "Grade these articles",
    "grading": "How good an answer to “{query}”?",
    "grading_lead": "Grades are kept in a file of this server, to measure and choose the ranking by.",
    "hit_after": "Next hit",
    "hit_before": "Previous hit",
    "hit_of": "Hit {number:,} of {total:,}",
    "holds_array": "list of: {items}",
    "holds_boolean": "true or false",
    "holds_day": "year, month or day, such as 2024-06",
    "holds_integer": "whole number",
    "holds_most": "text of at most {most:,} characters",
    "holds_null": "null",
    "holds_number": "number",
    "holds_object": "object",
    "holds_or": "{these} or {last}",
    "holds_row": "[{columns}]",
    "holds_span": "{kind} from {least:,} to {most:,}",
    "holds_string": "text",
    "json_article": "This article as JSON",
    "json_page": "This page as JSON",
    "key_/": "to the search box",
    "key_?": "shows these keys",
    "key_Enter": "opens the article",
    "key_Esc": "leaves the box, or what is open",
    "key_j": "to the next article",
    "key_k": "to the article before",
    "key_n": "to the next marked place of an article",
    "key_p": "to the marked place before",
    "keys": "Keys",
    "kind_country": "country",
    "kind_person": "person",
    "kind_word": "word",
    "leave_out": "Leave out {label}",
    "manual": "The HTTP interface",
    "manual_addresses": "Addresses",
    "manual_example": "For example",
    "manual_holds": "holds",
    "manual_json": "This page as an OpenAPI document",
    "manual_means": "means",
    "manual_name": "name",
    "manual_sends": "sends",
    "manual_shapes": "What answers hold",
    "manual_status": "status",
    "manual_when": "when",
    "mark_next": "Next mark",
    "mark_place": "# of ##",
    "mark_previous": "Previous mark",
    "mark_words": "Mark its words",
    "marked_first": "The first {marked:,} of {places:,} places are marked.",
    "marked_place": "Marked place {number}",
    "marked_places": "Marked places",
    "match": "Words",
    "match_all": "All words",
    "match_any": "Any word",
    "mend": "Is this wrong?",
    "mend_country": "Words that name no country, here and elsewhere: keep the wrong ones",
    "mend_here": "Not in this article",
    "mend_how": "Copy lines into tags.toml, then rebuild.",
    "mend_person": "Words that name no person, here and elsewhere: keep the wrong ones",
    "more_tags": "and {count:,} more",
    "narrowed": "{title}: {label}",
    "narrowed_to": "It was narrowed to:",
    "next": "Next",
    "no_page": "There is no page {number:,}: the last one is page {last:,}.",
    "no_text": "This article has no text.",
    "none_found": "No article matches this search.",
    "none_left": "No article matches these filters.",
    "not": "not {label}",
    "order": "Order",
    "order_az": "A – Z",
    "order_count": "Most articles first",
    "order_time": "By date",
    "page": "Page {number:,}",
    "pages": "Pages",
    "people": "People",
    "period_apply": "Apply",
    "period_from": "From",
    "period_of": "{title}: first and last day",
    "period_to": "To",
    "permalink": "Permanent address of this page",
    "picked": "{count:,} picked",
    "place": "place",
    "places": "places",
    "places_more": "and {places} more",
    "previous": "Previous",
    "remove_filter": "Remove filter {title}: {state}",
    "results": "Search results: {title}",
    "same_without": "The same without “{name}”",
    "search": "Search",
    "search_label": "Search the archive",
    "shelf_date": "Years",
    "size": "{count} articles a page",
    "sizes": "Articles a page",
    "skip_to_hits": "Skip to the first article",
    "skip_to_main": "Skip to the main part",
    "sort": "Sort",
    "sort_newest": "Newest first",
    "sort_oldest": "Oldest first",
    "sort_relevance": "Relevance",
    "sought_off": "Show all values",
    "source": "Source",
    "source_address": "Address",
    "source_data": "Data",
    "source_file": "File",
    "source_language": "Language",
    "speaks_of": "Articles that speak of {period}",
    "start_all": "See all articles",
    "start_examples": "Ways to ask",
    "start_lead": "Search the whole archive by word, country, person and date.",
    "status_400": "This request cannot be read",
    "status_404": "Nothing is here",
    "status_405": "This address is only for reading",
    "status_413": "This request is too large",
    "status_422": "This query cannot be read",
    "status_500": "Something broke",
    "status_503": "The archive cannot be asked now",
    "tag": "Articles with {title} {label}",
    "that_name": "that name {label}",
    "to_page": "Go to page {number:,}",
    "to_start": "Back to the start page",
    "took": "{ms:,.0f} ms",
    "took_less": "under 1 ms",
    "total_of": "{first:,} – {last:,} of {articles}",
    "trouble": "A query that cannot be read",
    "trouble_head": "This query cannot be read",
    "trouble_instead": "Search instead for",
    "understood": "Understood as",
    "unmark_words": "Unmark its words",
    "untitled": "Untitled article",
    "value": "value",
    "values": "values",
    "values_all": "All values: {title}",
    "values_filter": "Only values whose name holds",
    "values_in": "{summary} in {scope}",
    "values_no_page": "There is no page {page:,}.",
    "values_none": "Nothing here has a value of this kind.",
    "values_none_named": "No value has “{named}” in its name.",
    "values_scope_asked": "{articles} for {query}",
    "way": "{label} ({articles})",
    "way_any": "With any of these words",
    "way_back": "Way back",
    "way_filter": "Without {title}: {label}",
    "way_unfiltered": "{query} without filters",
    "stories": "stories",
    "story": "story",
    "way_word": "Without {word}",
    "ways": "What would find articles",
    "word": "word",
    "words": "words",
}
"""Every text of the pages that is no name, by key; what stands in braces is put in."""


def said(key: str, **given: object) -> str:
    """Return a text of the catalogue with what is given put in its places."""
    return TEXT[key].format(**given) if given else TEXT[key]


def counted(count: int, noun: str, plural: str | None = None) -> str:
    """Return `1 article`, `1,234 articles`."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def found_of(count: int, query: Query) -> str:
    """Return how much a query finds, in what it counts: `1,234 articles`, `1 story`."""
    if query.stories:
        return counted(count, said("story"), said("stories"))
    return counted(count, said("article"), said("articles"))


def sentence(text: str) -> str:
    """Return a message with a capital at its front and a full stop at its end.

    One that begins with a piece of the query, such as `date:soon`, keeps it as it was typed.
    """
    ended = text if text.endswith((".", "!", "?", "…")) else f"{text}."
    return ended if ":" in ended.split(" ")[0] else ended[:1].upper() + ended[1:]


def value_label(field: str, value: str | None, label: str | None = None) -> str:
    """Return what a facet value is called on a page; `label` is the engine's own name for it."""
    if value is None:
        return _MISSING.get(field, "None")
    if field in ("date", "says"):
        return period_label(value)
    if field == "source":
        return _SOURCES.get(value, label or value)
    if field == "language":
        return _LANGUAGES.get(value, label or value)
    return label or value


def filter_label(picked: Filter, label: str | None = None) -> str:
    """Return what a picked filter is called, its role included: `Peru (about)`."""
    name = value_label(picked.field, picked.value, label)
    return f"{name} ({role_label(picked.role)})" if picked.role else name


def role_label(role: str) -> str:
    """Return a role in words."""
    return _ROLES.get(role, role)


def period_label(period: str) -> str:
    """Return `2024`, `June 2024` or `20 June 2024` for an ISO prefix; other text as it is."""
    parts = period.split("-")
    if not all(part.isascii() and part.isdigit() for part in parts) or len(parts) > 3:
        return period
    numbers = [int(part) for part in parts]
    if len(numbers) > 1 and not 1 <= numbers[1] <= 12:
        return period
    year = str(numbers[0])
    if len(numbers) == 1:
        return year
    month = f"{_MONTHS[numbers[1] - 1]} {year}"
    return month if len(numbers) == 2 else f"{numbers[2]} {month}"


def range_label(since: date | None, until: date | None) -> str:
    """Return a period with inclusive ends in words; a whole year or month by its name."""
    period = whole_period(since, until)
    if period:
        return period_label(period)
    if since and until and (since.month, since.day, until.month, until.day) == (1, 1, 12, 31):
        return f"{since.year} – {until.year}"
    if since and until:
        return f"{period_label(since.isoformat())} – {period_label(until.isoformat())}"
    if since:
        return f"from {period_label(since.isoformat())}"
    return f"until {period_label(until.isoformat())}" if until else "any time"


def date_label(article: Article | Listed) -> str:
    """Return an article's date as precisely as it is known: `June 2024`, or `Undated`."""
    period = date_period(article)
    return period_label(period) if period else _MISSING["date"]


def date_period(article: Article | Listed) -> str | None:
    """Return an article's date as an ISO prefix no more precise than what is known."""
    if article.date is None:
        return None
    return article.date.isoformat()[: {"year": 4, "month": 7}.get(article.date_precision or "day", 10)]


def source_label(article: Article | Listed) -> str:
    """Return how an article's date is known (`from the byline`), empty when it has none."""
    return "" if article.date is None else _FROM_SOURCE.get(article.date_source, article.date_source)
