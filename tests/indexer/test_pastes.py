"""Thirty pastes with the furniture of many kinds of sites: all of it goes, and no line of an article does.

In each paste `-` marks a line of furniture, `+` one of the article and `t` its title; `b` marks a byline or
the like, which is read and taken off the body. All of it is made up.
"""

import pytest

from indexer.title import read_paste

PASTES = {
    "breadcrumbs and share bar": """
- Home > News > Local
t Ferry to run at night again
- Share
- Facebook Twitter WhatsApp Email
- 12 March 2023, 09:14
+ The night ferry across the sound will sail again from April, the harbour office said on Friday.
+ It was stopped two years ago.
+ "We have been asked for it every week since," said the harbour master, Tove Lind.
+ Fares:
+ - adults 4.20
+ - children 2.10
- Read more: Why the day ferry is late so often
+ Passengers should share cabins where they can, she added.
- Tags: ferry, harbour, transport
- © 2023 Sound Courier. All rights reserved.
""",
    "cookie banner": """
- We use cookies to give you the best experience on our site. By continuing you agree to our cookie policy.
- Accept all
- Manage preferences
- Reject all
t Orchard growers fear late frost
b By Marta Okoye
+ Growers in the valley lit fires between their trees on Sunday night as the cold came back.
+ Cookies were baked for the helpers by the school, and they did not last long.
+ Three nights of frost are forecast.
- Cookie settings
- Privacy Policy | Terms of Use | Contact us
""",
    "newsletter box": """
t Library opens on Sundays
+ The town library will be open on Sundays from noon to five, the council decided on a vote of 9 to 4.
- Sign up for our morning newsletter
- Get the day's top stories delivered to your inbox.
- Enter your email address
- Subscribe
- You can unsubscribe at any time.
- Thank you for signing up!
+ Readers can also subscribe to a list of new books, which is sent by post.
+ The first Sunday is 4 June.
""",
    "captions and credits": """
t Old mill to become a school
- Image caption: The mill as seen from the bridge
- Photo: Piet Aalto/Valley Press
+ The mill that stood empty for thirty years will be a school for 200 children.
- (Photo by Greta Holm/Northern Pictures)
- Image credit: Valley Press
+ Photographs of the building show how far the roof has sunk.
- Getty Images
+ Work begins in May.
- Foto: dpa
""",
    "related headlines": """
t Bus drivers end their strike
+ Drivers in the three northern towns went back to work on Tuesday after a strike of eleven days.
- READ ALSO: Trains stand still as well
- Related: What a ticket costs in other towns
- See also: Ten years of strikes in pictures
+ The union will be paid 3 percent more, and the company got what it wanted: later breaks.
- Related articles
- More on this story
- Don't miss: The driver who never stopped
- You might also like
+ Both sides said that they were not happy.
+ No one was.
""",
    "comments": """
t Moose walks into bank
+ A young moose walked into a bank on the main street on Wednesday and looked at the clock for a while.
+ "It took a number," a clerk said.
+ It left by the same door.
- 23 Comments
- Show comments
- Join the conversation
- Log in to comment
- Comments are closed.
- Be the first to comment
- Report a typo
""",
    "author bio": """
t How to mend a net
- By Ines Falk
- Staff writer
- 6 min read
+ A net is mended from the middle, and never in the wind.
+ Take a needle as wide as the mesh, and twine that has been wet.
+ Anyone can learn it in a day. I did.
- About the author
- Ines Falk is a reporter for the Coast Weekly. Follow her on Twitter @inesfalk
- Contact the author: ines@coast.example
- More from Ines Falk
""",
    "subscription wall": """
t Dam will hold, engineers say
+ Engineers who have measured the dam since January say that it will hold for another fifty years.
- This article is for subscribers only.
- Already a subscriber? Log in
- Subscribe now for full access
- Continue reading with a free trial
- You have 2 free articles left this month.
- Start your free trial
+ The report has 212 pages, of which the council read nine.
""",
    "follow us and apps": """
t Island gets its own postmark
+ Letters from the island will carry a stamp with a puffin from 1 July.
+ The puffin was drawn by a boy of seven.
+ Collectors follow such things closely and write from as far as Chile.
- Follow us on Instagram
- Like us on Facebook
- Download our app
- Download on the App Store
- Get it on Google Play
- Available on iOS and Android
- Follow us: Facebook | Twitter | Instagram | YouTube
- Join our WhatsApp channel for breaking news
""",
    "page tools": """
- Skip to main content
- Menu
- Search
t Choir sings in empty pool
- Print
- Email
- Text size: A A A
- Listen to this article
- 0:00 / 3:42
+ The town choir sang in the drained swimming pool on Saturday because of the echo.
+ Print was small in the programme, and the light was poor.
- Back to top
- Page 1 of 2
- Next page
- Close
""",
    "advertisement": """
t Grain harvest best in a decade
- ADVERTISEMENT
+ Farmers have brought in 4.1 million tonnes of wheat, the most since 2012.
- Advertisement - story continues below
+ Barley did less well.
- Sponsored
- Article continues below advertisement
- Ad
- Scroll down to continue reading
+ An advertisement for farm hands was answered by 600 people.
- Remove ads
- Why am I seeing this ad?
""",
    "live blog": """
t Storm reaches the coast: as it happened
- LIVE
- Live updates
- Refresh
- Auto-refresh on
- Newest first
- Key events
- 14:32
+ Trees are down on the road to the airport, and the bridge is shut to lorries.
- 14:05 GMT
+ Gusts of 120 km/h were measured on the pier.
- Updated 3 hours ago
+ The ferry is in harbour.
- Load more updates
- Show more posts
""",
    "german": """
- Startseite > Politik > Inland
t Brücke bleibt bis Herbst gesperrt
- Von Jana Voss
- Teilen
- Merken
- Drucken
- Artikel anhören
- Lesezeit: 4 Minuten
- Stand: 12.05.2022, 17:40 Uhr
+ Die Brücke über die Aue bleibt bis zum Herbst gesperrt, weil ein Pfeiler abgesackt ist.
+ »Das dauert«, sagte der Bauleiter.
- Anzeige
+ Wer teilen will, fährt mit dem Nachbarn.
- Lesen Sie auch: Fähre fährt nun öfter
- Mehr zum Thema
- Newsletter abonnieren
- Kommentare (14)
- Zur Startseite
- Alle Rechte vorbehalten
- Bild: Stadtarchiv
""",
    "french": """
- Accueil > Régions
t La halle rouvre ses portes
- Publié le 3 mai 2021 à 11h20
- Temps de lecture : 3 min
- Partager
- Partager sur Facebook
- Imprimer
+ Après deux ans de travaux, la halle du marché rouvre samedi avec quarante étals.
+ « On n'y croyait plus », dit un boucher.
- Publicité
- Lire aussi : Le marché de nuit fait débat
- À lire aussi
+ Il faut partager la place avec les fleuristes.
- Abonnez-vous à notre newsletter
- Réservé aux abonnés
- Tous droits réservés
- Crédit photo : Ville
- Haut de page
- Commentaires (3)
""",
    "spanish": """
- Inicio > Noticias > Ciudad
t El tranvía vuelve al puerto
- Compartir
- Compartir en Facebook
- Imprimir
- Tiempo de lectura: 2 minutos
+ El tranvía volverá a llegar al puerto a partir del lunes, anunció la alcaldesa.
+ «Ya era hora», dijo un vecino.
- Publicidad
- Lea también: El puerto en cifras
- Te puede interesar
+ Compartir vagón con bicicletas estará permitido.
- Suscríbete a nuestro boletín
- Síguenos en Twitter
- Todos los derechos reservados
- Comentarios (8)
- Foto: Archivo
""",
    "dialogue": """
t The last keeper of the light
- Read
- Save
+ "Do you share the watch?" I asked.
+ "No."
+ "Who prints the log?"
+ "I do."
+ He poured tea.
+ "Next?" he said.
+ "Search me," I said, and he laughed for the first time that day.
+ "Follow me, then."
- Share this story
- Sign up
""",
    "verse": """
t A song of the salt road
- Listen to this poem
+ The men who learned the trade of this old song sang it on the road from the mines to the sea.
+
+ Share the bread and share the water,
+ leave the salt upon the stone,
+ back to top the hill goes winding,
+ no one walks the road alone
+
+ Home, and home, and home again
+
- Share
- More stories
- Copyright 2019 Salt Road Review
""",
    "figures and results": """
t Results from the regional games
- Share on X
+ Four records fell at the regional games on Saturday in front of 3,000 people.
+ 100 m: Ada Brenn 11.42
+ 400 m: Lou Simic 52.10
+ Long jump
+ 1. Ada Brenn 6.51
+ 2. Noor Haan 6.44
+ 3. Eva Lund 6.30
+ 4x100 m: 43.9
- View all results
- Share this article
- 1.2K shares
""",
    "subheadings": """
t What the new water rules mean
- Explainer
- Jump to comments
+ From July each household must have its own meter, and pay for what it uses.
+ Who pays
+ Owners pay for the meter, tenants for the water.
+ What about gardens?
+ They may be watered after eight.
+ Comments from the council
+ None of its members would be drawn on the price.
- Was this article helpful?
- Yes No
- Thanks for your feedback!
- Related topics
""",
    "corrections and ends": """
t Hospital opens second ward
- 1 day ago
- Published 2 June 2020
- Last updated on 3 June 2020 at 10:15
+ The hospital has opened its second ward for children with forty beds.
+ Correction: an earlier version of this article gave the number of beds as fourteen.
+ It is the first since 1988.
- Do you have a story? Email us at desk@ward.example
- Got a tip? Contact us
- All rights reserved
- Terms and Conditions
- Privacy Policy
""",
    "agency": """
t Ministers agree on grain corridor
+ BRISTOW, May 3 (Coast Agency) - Ministers of four countries agreed on Tuesday to open a corridor for grain.
+ The text was not made public.
+ Reporting by Ole Brandt; editing by Sia Munn
- Our Standards: The Coast Agency Trust Principles.
- Acquire Licensing Rights
- Opens new tab
- Share
- X Facebook LinkedIn Email Link
- Purchase Licensing Rights
- Read Next
""",
    "video page": """
t Watch how the tower came down
- Play video
- Video player is loading.
- Now playing
- Volume 90%
- Fullscreen
- Watch: The tower from the air
+ The cooling tower was brought down at noon with 200 kilos of explosive.
+ It fell in nine seconds.
+ Watch the birds, the foreman had told us, they leave first.
- Up next
- Autoplay
- Watch more videos
- Skip ad
""",
    "blog": """
t Seven loaves and what I learned
- Posted on March 9, 2018 by admin
- Posted in Bread, Life
- Leave a comment
+ I baked seven loaves this week, and six of them were stones.
+ The seventh was better because I forgot it.
+ Tags come off the flour sacks easily if you wet them.
+ Subscribe to the idea that time does the work.
- Filed under: Bread
- Categories: Bread, Ovens
- Tagged with: rye, wheat
- Share this:
- Like this:
- Like Loading...
- Previous post
- Next post
- Older posts
- Powered by WordPress
- Pin it
""",
    "press release": """
t Northwind to build two ships in Halden
- Download PDF
- PRESS RELEASE
+ Northwind will build two ships for the coast guard at its yard in Halden, it said on Monday.
+ The order is worth 310 million crowns.
+ For more information, see the yard's report of 2021, the company said.
- Media contact:
- press@northwind.example
- Tel: +47 555 01 234
- Share via LinkedIn
- Copy URL
- Link copied!
- View original content
""",
    "most read list": """
t Frogs stop a motorway
+ Work on the motorway stopped on Thursday when 2,000 frogs crossed the site on their way to the lake.
+ A fence will now be built.
+ "They were here first," said the engineer.
- Most read
- Most popular
- Trending now
- Latest news
- Editor's picks
- Recommended for you
- Top stories
- Latest stories
- In case you missed it
""",
    "quiz and polls": """
t Town votes on the name of its robot
- Vote now
- Take our quiz
+ The robot that sweeps the market square will be given a name by vote.
+ Three are left:
+ * Brush
+ * Sir Sweep
+ * Nils
+ Vote with a slip of paper at the town hall.
- View results
- Tell us what you think
- Have your say
- Send us your comments
""",
    "italian and dutch": """
- Home » Nieuws
t Sluis weer open na twee weken
- Delen
- Deel dit artikel
- Leestijd: 2 min
- Lees ook: Schippers wachten op hulp
+ De sluis bij het dorp is na twee weken weer open voor alle schepen.
+ Schippers delen de kade nu met vissers.
- Advertentie
- Condividi
- Leggi anche: Il porto riapre
- Pubblicità
- Iscriviti alla newsletter
- Tutti i diritti riservati
- Alle rechten voorbehouden
""",
    "search and alerts": """
- Sign in
- Register
- My account
t Glacier loses its name
- Get alerts
- Add to favourites
- Save for later
- Bookmark
+ The ice on the mountain is too small to be called a glacier, the survey said.
+ It had its name for 160 years.
+ Save for a patch of snow, the north side is bare.
- Set as preferred source on Google
- Add us as a preferred source on Google
- Google News
- Turn on notifications
""",
    "gallery": """
t Carnival of lanterns in pictures
- 1/12
- View gallery
- View image in fullscreen
- Slide 1 of 12
- Open image modal
+ Twelve hundred lanterns went down the river on the longest night of the year.
+ 12 of them came back.
- Click to enlarge
- Enlarge this image
- Hide caption
- Toggle caption
- 5 photos
- Swipe left for more
""",
    "russian and portuguese": """
t Мост откроют в июне
- Поделиться
- Читайте также: Паром снова ходит
- Реклама
+ Мост через реку откроют в июне, сообщили в мэрии.
+ «Раньше не получится», сказал инженер.
- Подписывайтесь на наш канал
- Комментарии (5)
- Все права защищены
- Compartilhe
- Leia também: A ponte em números
- Publicidade
- Continua após a publicidade
- Todos os direitos reservados
""",
}


def marked(paste: str, *marks: str) -> list[str]:
    """Return the lines of a paste with one of the marks."""
    return [
        line[2:].strip() for line in paste.strip("\n").split("\n") if line[:1] in marks and line[2:].strip()
    ]


def text_of(paste: str) -> str:
    """Return a paste as it would be copied."""
    return "\n".join(line[2:] for line in paste.strip("\n").split("\n"))


@pytest.mark.parametrize("name", PASTES)
def test_all_furniture_goes_and_no_line_is_lost(name):
    found = read_paste(text_of(PASTES[name]))
    lines = [line.strip() for line in found.body.split("\n") if line.strip()]
    assert found.title == marked(PASTES[name], "t")[0]
    assert lines == marked(PASTES[name], "+")


def test_there_are_thirty():
    assert len(PASTES) == 30
    assert sum(len(marked(paste, "-")) for paste in PASTES.values()) > 250
