"""Lines of a page that are no part of its article: buttons, banners, forms, galleries.

A line is furniture only as a whole, and only if it is no sentence: what is doubtful stays.
"""

import re
from collections.abc import Iterable

from indexer.buttons import is_button, is_soft

# Matched against the whole line, without its spaces, in any case.
_ALONE = re.compile(
    r"""
    (?:a\s?[+-]\s*){2,3} | a\s+a\s+a                                          # the size of the letters
    | slider\ images?(?:\s\d+)? | (?:next|previous|prev)\s(?:slide|image|photo)
    | (?:image|photo|slide)\s\d+\s(?:of|/)\s\d+ | .{1,250}\s-\s(?:gallery|slider)\ image(?:\s\d+)?
    | loading\s?(?:\.{2,3}|…)? | please\ wait\s?(?:\.{2,3}|…)?
    | latest(?:\s(?:news|articles|stories))?\s+see\ (?:more|all)
    | (?:see|read|show|load|view)\ (?:more|all)(?:\s?[»›>…→])?
    | (?:please\ )?(?:follow|find|join|like)\ (?:us|@?\w{1,30})\ (?:on|at|in)\ (?:our\ )?
      (?:twitter|x|facebook|telegram|instagram|whatsapp|youtube|linkedin|google|viber|threads|tiktok|vk)\b
      [^.!?]{0,60}\.?
    | (?:share|print|tweet|email|e-mail|save|copy\ link|bookmark|comments?|pin\ it|whatsapp|facebook|twitter
      |telegram)
      (?:[\s,|·•/]+(?:share|print|tweet|email|e-mail|save|copy\ link|facebook|twitter|x|whatsapp|telegram
      |linkedin|pinterest|reddit|messenger|viber|vk|instagram|youtube|link|on|this|article|story|page|via|with
      |friends|and|it))*\s?:?
    | share\ (?:this|on|via|with)\b[^.!?]{0,50}
    | advertise?ments? | advertising | sponsored(?:\ content)? | skip\ to\ (?:main\ )?content
    | (?:main\ )?menu | search
    | (?:sign|log)\ ?(?:in|up|out) | subscribe(?:\ (?:now|to\ our\ newsletter|for\ free))? | newsletter
    | \d{1,3}\ (?:comments?|views?|shares?|likes?) | comments?\ ?\(\d{1,4}\) | views?:?\ \d{1,7}
    | \d{1,3}\ ?min(?:ute)?s?(?:\ of)?\ read(?:ing)? | (?:back\ to|go\ to)\ (?:top|home|homepage)
    | your\ e-?mail\ address\ will\ not\ be\ published\b.* | required\ fields\ are\ marked\b.{0,5}
    | (?:leave|write|post|add)\ (?:a|your)\ (?:reply|comment)(?:\s?cancel\ reply)? | cancel\ reply
    | (?:related|recommended|more)\ (?:articles|posts|stories|news)
    | you\ (?:may|might)\ also\ like | tags?\s?:?
    | (?:we\ use|this\ (?:site|website)\ uses)\ cookies\b.{0,160} | accept(?:\ all)?(?:\ cookies)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_RULE_LINE = re.compile(r"[-–—_*=~•·.|#\s]{2,}|[|•·*_-]")
_REPLY_FORM = re.compile(
    r"(?:leave|write|post) (?:a|your) (?:reply|comment)(?:\s?cancel reply)?", re.IGNORECASE
)
_END_OF_SENTENCE = re.compile(r"[.!?…。！？][\"”’'»)\]]*$")
# Longer than any button, and than the cookie notice.
_LONGEST = 300
_PROSE_CHARS = 80
_SOFT_CHARS = 60
# A line that was wrapped is longer, a button row mostly shorter.
_WRAPPED_CHARS = 25


def is_furniture(line: str) -> bool:
    """Tell a line that is page furniture as a whole."""
    line = line.strip()
    return 0 < len(line) <= _LONGEST and (_ALONE.fullmatch(line) is not None or is_button(line))


def without_furniture(lines: list[str]) -> list[str]:
    """Return the lines without furniture, and without those that only its company makes furniture."""
    full = [place for place, line in enumerate(lines) if line.strip()]
    gone = {place for place in full if is_furniture(lines[place]) and not _goes_on(lines, place)}
    _spread(full, lines, gone)
    _spread(full[::-1], lines, gone)
    return [line for place, line in enumerate(lines) if place not in gone]


def _goes_on(lines: list[str], place: int) -> bool:
    """Return whether a line is the rest of the sentence above it, in a text that was wrapped by hand.

    Of 9,534 wrapped agency stories one had a line that began "share via a".
    """
    line, above = lines[place].strip(), lines[place - 1].strip() if place else ""
    return line[0].islower() and min(len(line), len(above)) >= _WRAPPED_CHARS and not ends_sentence(above)


def _spread(places: Iterable[int], lines: list[str], gone: set[int]) -> None:
    """Add to `gone` each soft line that comes right after one of it."""
    touches = False
    for place in places:
        if place not in gone and touches and len(lines[place]) <= _SOFT_CHARS and is_soft(lines[place]):
            gone.add(place)
        touches = place in gone


def is_rule_line(line: str) -> bool:
    """Tell a line of dashes or stars. At the edge of an article it is furniture, inside it parts scenes."""
    return _RULE_LINE.fullmatch(line.strip()[:_LONGEST]) is not None


def ends_sentence(line: str) -> bool:
    """Tell whether a line ends as a sentence does."""
    return _END_OF_SENTENCE.search(line.rstrip()) is not None


def is_prose(line: str) -> bool:
    """Tell a line that holds at least one whole sentence of some length."""
    return len(line) >= _PROSE_CHARS and ends_sentence(line) and not is_furniture(line)


def without_reply_form(lines: list[str]) -> list[str]:
    """Return the lines up to "Leave a Reply", unless sentences follow it or nothing stands before.

    A comment form stands under its article. Where prose follows, the words are an article's own
    or the paste holds a second one, and no sentence may be lost.
    """
    prose = [place for place, line in enumerate(lines) if is_prose(line)]
    if not prose:
        return lines
    # The last prose stands above the form or there is no form to cut at.
    for place in range(prose[-1] + 1, len(lines)):
        if _REPLY_FORM.fullmatch(lines[place].strip()[:_LONGEST]):
            return lines[:place]
    return lines


def is_tag_line(line: str, *, above: str, below: str) -> bool:
    """Tell a caption or tag that an image left behind: some lower-case words, alone between paragraphs.

    `above` and `below` are the nearest lines; the one above must end a sentence, so that no verse
    and no broken paragraph loses a line.
    """
    words = line.split()
    plain = 2 <= len(words) <= 6 and line.islower() and all(word.replace("-", "").isalpha() for word in words)
    return plain and ends_sentence(above) and not below.lstrip()[:1].islower()
