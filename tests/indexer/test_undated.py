"""A hundred pages that state no date of their own: twenty-five kinds in four dresses.

Each kind holds dates that are something else's: an event's, a birth, other articles', a reader's
comment, a law's. Each dress adds what sites put round any page: nothing, a copyright notice, a
banner with today's date and a clock, addresses and numbers of versions that look like days.
"""

import pytest

from indexer.extract import extract
from indexer.source import Source

FILLER = (
    "<p>The reading room stands beside the old harbour crane and lends maps, almanacs and log books to "
    "whoever asks for them at the desk, with or without a ticket from the town.</p>"
    "<p>Its keepers mend bindings in the cellar, teach children to fold paper boats and know by heart which "
    "shelf holds the tide tables that the pilots of the estuary still like to compare with their own.</p>"
)
KINDS = {
    "about": f"<h1>About us</h1><p>Founded in 1987, we moved to the quay in 2004.</p>{FILLER}",
    "contact": f"<h1>Contact</h1><p>Call +44 20 1999 2008, open 09:00 to 17:30.</p>{FILLER}",
    "imprint": f"<h1>Impressum</h1><p>HRB 20180412, Amtsgericht Husum. USt-ID DE201903041.</p>{FILLER}",
    "terms": f"<h1>Terms</h1><p>The Library Act of 3 March 1990 applies to every loan.</p>{FILLER}",
    "index": "<h1>News</h1>"
    + "".join(
        f'<article><h2><a href="/n/{day}">A boat came in, number {day}</a></h2>'
        f'<time datetime="2019-05-{day:02}">{day} May 2019</time><p>It carried salt and left with rope. '
        f"Sailors spoke of fog off the cape and of a lamp that had gone dark.</p></article>"
        for day in range(3, 12)
    ),
    "index-headings-after": "<h1>All stories</h1><ul>"
    + "".join(
        f'<li><span class="date">{day}.04.2018</span> <a href="/s/{day}">The lamp of pier {day} was lit '
        f"again after a winter of repairs by the men of the yard</a></li>"
        for day in range(10, 22)
    )
    + "</ul>",
    "months": "<h1>Archive</h1><ul>"
    + "".join(f'<li><a href="/2017/{m:02}/">2017, month {m} ({m * 7} entries)</a></li>' for m in range(1, 13))
    + f"</ul>{FILLER}",
    "product": f"<h1>Brass sextant, model 2015</h1><p>Price 1999 euros, item 20150611.</p>{FILLER}",
    "event": f"<h1>Night of the lamps</h1><p>Doors open on Friday, 12 July 2019, 19:30.</p>{FILLER}",
    "event-time": '<h1>Rope-making course</h1><p>Begins <time datetime="2021-09-18">18 September 2021</time> '
    f"at the yard.</p>{FILLER}",
    "calendar": "<h1>Tides</h1><table>"
    + "".join(f"<tr><td>{d} June 2020</td><td>0{d % 9}:12</td><td>4.{d} m</td></tr>" for d in range(1, 9))
    + f"</table>{FILLER}",
    "search": f'<h1>Search</h1><form><input value="2018-01-01"> to <input value="2018-12-31"></form>{FILLER}',
    "login": f"<h1>Members</h1><form><input name='user'><input name='password'></form>{FILLER}",
    "staff": f"<h1>Our keepers</h1><p>Ada Holm, born on 4 May 1961 in Husum, binds books.</p>{FILLER}",
    "history": "<h1>History of the house</h1><ul><li>14 June 1902: the first stone is laid.</li>"
    f"<li>2 October 1944: fire in the east wing.</li><li>9 May 1950: the doors open again.</li></ul>{FILLER}",
    "questions": f"<h1>Questions</h1><h2>May I borrow a map?</h2><p>Yes, for a fortnight.</p>{FILLER}",
    "comments": f"<h1>How to splice a rope</h1>{FILLER}<div id='comments'><h2>2 comments</h2>"
    "<div class='comment'><span class='date'>3 March 2016</span><p>It held in a gale, thank you.</p></div>"
    "<div class='comment'><span class='date'>9 March 2016</span><p>Mine came loose at once.</p></div></div>",
    "related": f"<h1>How to read a chart</h1>{FILLER}<aside class='related'><h3>More</h3><ul>"
    "<li><time datetime='2020-02-02'>2 February 2020</time> <a href='/a'>The buoy</a></li>"
    "<li><time datetime='2020-02-05'>5 February 2020</time> <a href='/b'>The bell</a></li></ul></aside>",
    "obituaries": f"<h1>Captain Rasmus Brandt</h1><p>(* 1 May 1899, † 30 August 1975)</p>{FILLER}",
    "recipe": f"<h1>Ship's biscuit</h1><p>Bake 2019 grams of dough for 12/05 hours.</p>{FILLER}",
    "video": f"<h1>The launch, filmed</h1><p>Length 12:03:2019 frames; recorded in 1968.</p>{FILLER}",
    "lost": f"<h1>404</h1><p>Nothing lies at /2018/05/04/gone.html any more.</p>{FILLER}",
    "fixtures": "<h1>Regatta</h1><ul><li>1 August 2020 Heat 1</li><li>2 August 2020 Heat 2</li>"
    f"<li>8 August 2020 Final</li></ul>{FILLER}",
    "weather": f"<h1>Weather at the quay</h1><p>Wind north-west 4, 1019 hPa, rain 2011 mm.</p>{FILLER}",
    "licence": f"<h1>Licence</h1><p>Copy this under the terms of version 3, 29 June 2007.</p>{FILLER}",
}
FOOT = "<footer><p>© 2009–2021 Harbour Library</p></footer>"
BANNER = '<div class="topbar"><span id="clock">Monday, 4 March 2024 | 10:42</span></div>'
VERSIONS = (
    '<link rel="stylesheet" href="/wp-content/uploads/2016/05/site.css?ver=20190304">'
    '<meta property="og:image" content="https://harbour.example/uploads/2016/05/crane-20170809.jpg">'
    '<script type="application/ld+json">{"@type":"WebSite","name":"Harbour Library",'
    '"url":"https://harbour.example/"}</script>'
)
DRESSES = {
    "plain": "<html><head><title>Harbour</title></head><body>{}</body></html>",
    "copyright": f"<html><head><title>Harbour</title></head><body><main>{{}}</main>{FOOT}</body></html>",
    "banner": f"<html><head><title>Harbour</title></head><body>{BANNER}<main>{{}}</main></body></html>",
    "versions": f"<html><head><title>Harbour</title>{VERSIONS}</head><body><article>{{}}</article>"
    f"{FOOT}</body></html>",
}


@pytest.mark.parametrize("dress", DRESSES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_without_a_date_of_its_own_has_none(kind, dress):
    html = DRESSES[dress].replace("{}", KINDS[kind])
    article = extract(Source(f"{kind}.html", "html", html, url=f"https://harbour.example/{kind}")).article
    assert (article.date, article.date_source) == (None, "none")
