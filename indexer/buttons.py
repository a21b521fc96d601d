"""Lines that sites write around articles, word for word or by their form, in the languages of our readers.

Two kinds. A *button* is nothing else wherever it stands. A *soft* line could also be a line of verse, of
dialogue or of a table ("Next", "14:32"); it goes only where it touches a line that is furniture.
"""

import re

# Compared without case and without the marks behind it.
_PHRASES = """
accept cookies|manage preferences|manage cookies|reject all|cookie settings|cookie policy|privacy policy
privacy settings|terms of use|terms of service|terms and conditions|contact us|about us|all rights reserved
sign up for free|create an account|create a free account|my account|enter your email
enter your email address|your email address|you can unsubscribe at any time|thank you for signing up
thanks for signing up|thank you for subscribing|thanks for subscribing|thanks for your feedback
please enter a valid email address|show comments|view comments|hide comments|load comments|jump to comments
join the conversation|log in to comment|sign in to comment|comments are closed|comments are off
be the first to comment|leave a comment|post a comment|report a typo|report an error|report this ad
report this comment|about the author|about the authors|contact the author|already a subscriber
already a subscriber? log in|already a subscriber? sign in|already have an account
this article is for subscribers only|this content is for subscribers only|subscribe now for full access
subscribe to read more|subscribe to continue reading|continue reading with a free trial
start your free trial|start free trial|continue reading|read the full story|read full story
read full article|read the full article|download our app|get our app|get the app|download the app
download on the app store|get it on google play|available on the app store|available on google play
available on ios and android|open in app|listen to this article|listen to this story|listen to article
listen to this poem|listen to this page|text size|font size|increase font size|decrease font size
print this article|print this page|email this article|next page|previous page|next article|previous article
next post|previous post|older posts|newer posts|older comments|newer comments|remove ads|skip ad
skip advertisement|why am i seeing this ad|advertise with us|advertisement - story continues below
article continues below advertisement|story continues below advertisement|story continues below
article continues below|scroll to continue|scroll for more|scroll down to continue reading
scroll down for more|sponsored content|paid content|promoted content|live updates|auto-refresh on
auto refresh|newest first|oldest first|load more updates|load more posts|show more posts|show more updates
jump to latest|most read|most popular|most viewed|most shared|most commented|trending now|editor's picks
editors' picks|recommended for you|you might also like|you may also like|you may also be interested in
in case you missed it|more on this story|more on this topic|related topics|related content|related stories
related coverage|latest stories|latest headlines|top stories|more top stories|was this article helpful
did you find this helpful|rate this article|have your say|tell us what you think|send us your comments
take our quiz|take our poll|view results|view all results|copy url|link copied|link copied!|copied!
copy link|download pdf|view original content|opens new tab|opens in new tab|opens in a new window
acquire licensing rights|purchase licensing rights|buy licensing rights|play video|video player is loading
now playing|watch more videos|more videos|share video|view gallery|open gallery|view image in fullscreen
open image modal|click to enlarge|tap to enlarge|enlarge this image|enlarge image|hide caption
toggle caption|show caption|swipe left for more|swipe for more|view photos|see all photos|get alerts
get notifications|turn on notifications|turn on alerts|add to favourites|add to favorites|save for later
add to reading list|save article|set as preferred source on google|powered by wordpress
add us as a preferred source on google|like loading|proudly powered by wordpress|pin it|report abuse
kommentieren|merken|teilen|drucken|anzeige|werbung|getty images|afp via getty images|shutterstock
artikel anhören|artikel drucken|artikel teilen|artikel merken
per mail teilen|per e-mail teilen|zum seitenanfang|zur startseite|zum inhalt springen
alle rechte vorbehalten|newsletter abonnieren|jetzt abonnieren|jetzt anmelden|mehr zum thema|lesen sie auch
lesen sie mehr|das könnte sie auch interessieren|das könnte dich auch interessieren|meistgelesen
mehr anzeigen|weiterlesen|jetzt weiterlesen|kommentare anzeigen|kommentar schreiben|bild vergrößern
datenschutz|impressum|cookie-einstellungen|alle akzeptieren|link kopieren|link kopiert|ähnliche artikel
verwandte artikel|nur für abonnenten|partager|imprimer|envoyer par email|envoyer par e-mail|copier le lien
publicité|à lire aussi|lire aussi|lire la suite|lire plus|voir plus|en savoir plus|abonnez-vous|je m'abonne
s'abonner|abonnez-vous à notre newsletter|réservé aux abonnés|article réservé aux abonnés
tous droits réservés|haut de page|retour en haut|écouter l'article|sur le même sujet|les plus lus
mentions légales|tout accepter|ajouter un commentaire|compartir|imprimir|copiar enlace|publicidad
lea también|lee también|leer más|ver más|te puede interesar|le puede interesar|suscríbete
suscríbete a nuestro boletín|suscríbete a nuestra newsletter|escuchar artículo|todos los derechos reservados
lo más leído|más información|noticias relacionadas|aceptar todo|volver arriba|condividi|stampa|pubblicità
leggi anche|leggi tutto|iscriviti alla newsletter|tutti i diritti riservati|potrebbe interessarti
i più letti|torna su|delen|deel dit artikel|advertentie|lees ook|lees meer|lees verder
alle rechten voorbehouden|meest gelezen|meld je aan voor de nieuwsbrief|terug naar boven|reageer|compartilhe
compartilhar|publicidade|continua após a publicidade|leia também|leia mais|veja também|saiba mais
todos os direitos reservados|mais lidas|assine nossa newsletter|assine já|voltar ao topo|поделиться
читайте также|читать далее|реклама|подписаться|подписывайтесь на наш канал|все права защищены|комментировать
распечатать|самое читаемое|по теме|читать полностью|поділитися|читайте також|усі права захищені
paylaş|reklam|bütün hüquqlar qorunur|tüm hakları saklıdır|udostępnij|czytaj też|czytaj także
wszelkie prawa zastrzeżone|annons|läs också|läs mer|läs även
"""
_BUTTONS = frozenset(phrase for phrase in re.split(r"[|\n]", _PHRASES) if phrase)
_SOFT_PHRASES = """
read|listen|watch|close|live|refresh|save|next|previous|prev|back|home|more|comments|reply|ad|ads|yes no
yes|no
key events|latest news|breaking news|staff writer|press release|explainer|read next|up next|autoplay
fullscreen
mute|unmute|play|pause|register|vote now|google news|media contact|topics|opinion|related|recommended|trending
popular|latest|updates|follow|following|like|like this|sign up now|bookmark|copy|copied|download|edit|report
archive|contact|help|faq|feedback|sections|news|sport|business|video|videos|photos|reuters
associated press|afp|dpa|nach oben|наверх|accepter|dela
"""
_SOFT = frozenset(phrase for phrase in re.split(r"[|\n]", _SOFT_PHRASES) if phrase)

_NETWORKS = (
    r"(?:facebook|twitter|x|whatsapp|linkedin|telegram|instagram|youtube|pinterest|reddit|bluesky|e?-?mail)"
)
# A label with the headline of another article behind it, which is no sentence.
_TEASER = r"""
    (?:read\ (?:more|also|next)|see\ (?:more|also)|also\ read|related|recommended|watch(?:\ (?:now|also))?
    |don['’]t\ miss|more\ on\ this|must\ read|lesen\ sie\ (?:auch|mehr)|lies\ auch|mehr\ dazu|lire\ aussi
    |à\ lire(?:\ aussi)?|lea\ también|lee\ también|leggi\ anche|lees\ ook|leia\ (?:também|mais)|veja\ também
    |читайте\ (?:также|також)|czytaj\ (?:też|także)|läs\ (?:också|även))\s?:\s?\S.{2,150}(?<![.…"”»])
"""
_CREDIT = r"""
    (?:(?:photo|image|picture|video|foto|bild)s?(?:\ (?:credit|caption|by|source))?s?|crédits?(?:\ photo)?
    |caption|bildquelle)\s?:\s?.{1,150}
    | \(?(?:photo|image|picture|foto)s?\ (?:by|von|par|courtesy\ of)\ [^.!?]{2,80}/[^.!?]{2,60}\)?
    | (?:copyright\s?(?:©|\(c\))?|©|\(c\))\s?\d{4}(?:\s?[-–]\s?\d{4})?[^!?]{0,100} | ©\s?[^.!?]{2,60}
"""
_SHELF = r"""
    (?:home|start|startseite|accueil|inicio|início|homepage|главная)
      (?:(?:\s?[>›»]\s?|\s/\s)[^>›»/]{1,60}){1,6}
    | (?:tags|tagged(?:\ with)?|filed\ under|categor(?:y|ies)|topics|schlagw(?:ort|örter|orte)|themen
      |étiquettes|etiquetas|posted\ in)\s?:\s[^.!?]{2,150}
    | posted\ in\ (?-i:[A-Z])\w{1,20}(?:,\ (?-i:[A-Z])\w{1,20}){0,6}
    | (?:privacy\ policy|terms|cookies?|contact|imprint|about)(?:\ [\w\ ]{2,20})?
      (?:\s?[|·•]\s?[\w\ ]{3,30}){1,6}
"""
_COUNT = r"""
    (?:lesezeit|temps\ de\ lecture|tiempo\ de\ lectura|tempo\ de\ leitura|tempo\ di\ lettura|leestijd
    |reading\ time|read\ time|время\ чтения)\s?:?\s?(?:ca\.\ |environ\ )?
      \d{1,3}\s?(?:min\w{0,6}\.?|мин\w{0,4}\.?)
    | (?:kommentare?|comments?|commentaires?|comentarios?|comentários?|commenti|reacties|комментарии)
      \s?\(?\d{1,5}\)?
    | \d{1,5}\s?(?:kommentare?|commentaires?|comentarios?|comentários?|commenti|reacties|комментари\w{1,3})
    | \d{1,4}(?:[.,]\d)?\s?[km]\s(?:shares?|likes?|views?|retweets?|comments?)
    | you\ have\ \d{1,3}\ (?:free\ )?(?:articles?|stories)\ (?:left|remaining)[^.!?]{0,30}[.!]?
    | (?:updated\ |published\ |posted\ )?\d{1,2}\ (?:min(?:ute)?|hour|hr|day|week|month)s?\ ago
    | \d{1,2}[:.]\d\d\s?(?:gmt|utc|bst|cet|cest|est|edt|ist|uhr) | \d{1,2}:\d\d\s?/\s?\d{1,2}:\d\d
    | page\ \d{1,3}\ of\ \d{1,3} | volume\ \d{1,3}\s?% | (?:text|font)\ size\s?:?(?:\s?a[+-]?){0,3}
    | (?:slide|image|photo|picture)\ \d{1,3}\ (?:of|/)\ \d{1,3}
"""
_OFFER = rf"""
    (?:partager|compartir|compartilhar?|condividi|delen|teilen|share|поделиться)
      \ (?:sur|en|no|su|op|auf|via|on|в)\ (?:{_NETWORKS}|vk|вконтакте)
    | (?:folgen\ sie\ uns|suivez-nous|síguenos|siga-nos|seguici|volg\ ons)\ [^.!?]{{2,60}}
    | (?:follow|find|join|like)\ us\s?:\s?[^.!?]{{2,100}}
    | (?:join|follow)\ our\ [^.!?]{{0,20}}(?:channel|group|page|community)\b[^.!?]{{0,40}}
    | {_NETWORKS}(?:[\s,|·•/]+(?:{_NETWORKS}|threads|tiktok|link|copy|print|messenger)){{1,12}}
    | (?:get|sign\ up|receive|subscribe|join|have)\b[^.!?]{{0,90}}
      \b(?:to|in)\ your\ (?:inbox|mailbox)[^.!?]{{0,40}}[.!]?
    | (?:sign\ up|subscribe|register)\ (?:for|to)\ (?:our|the|my)\b[^.!?]{{0,60}}
      \b(?:newsletter|briefing|digest)[.!]?
    | (?:got|have|do\ you\ have)\ a\ (?:story|tip|news\ tip)[^.!?]{{0,40}}\?.{{0,120}}
    | contact\ (?:the\ author|us|the\ newsroom)\b\s?(?::|at)\s?\S{{3,80}} | our\ standards\s?:\s?.{{3,80}}
    | [^.!?]{{3,60}}\ is\ an?\ [^.!?]{{0,60}}\b(?:reporter|writer|editor|correspondent|columnist|journalist)\b
      [^.!?]{{0,80}}\.\ (?:follow|contact|email|reach|you\ can)\b.{{2,120}}
    | follow\ (?:him|her|them|me)\ (?:on|at)\ (?:twitter|x|facebook|instagram)\b[^!?]{{0,60}}
"""
_FORMS = re.compile("|".join((_TEASER, _CREDIT, _SHELF, _COUNT, _OFFER)), re.VERBOSE | re.IGNORECASE)
_SOFT_FORMS = re.compile(
    r"""
    \d{1,2}:\d\d | \d{1,3}\s?/\s?\d{1,3} | \d{1,3}\ (?:photos?|images?|pictures?|videos?|bilder|fotos?)
    | (?:tel|phone|fax|telephone)\.?\s?:\s?[+\d()\s./-]{5,30}
    | [\w.+-]{1,40}@[\w-]{1,40}(?:\.[\w-]{2,20}){1,3}
    | more\ (?:from|by)\ (?-i:[A-Z])[^.!?]{2,40}
    """,
    re.VERBOSE | re.IGNORECASE,
)


def is_button(line: str) -> bool:
    """Tell a line that sites write around articles and articles do not hold."""
    return (
        _plain(line) in _BUTTONS or line.casefold() in _BUTTONS or _FORMS.fullmatch(line.strip()) is not None
    )


def is_soft(line: str) -> bool:
    """Tell a line that is furniture only in the company of furniture."""
    return _plain(line) in _SOFT or _SOFT_FORMS.fullmatch(line.strip()) is not None


def _plain(line: str) -> str:
    """Return a line as the tables have it; of one or two words a stop is kept, for it makes a sentence."""
    plain = line.casefold().strip(" «‹←•·|>").rstrip(" :…»›→>")
    return plain.rstrip(".!?") if plain.count(" ") > 1 or plain.endswith("..") else plain
