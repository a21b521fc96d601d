"""Whether a sentence speaks of a date as coming or as past, by the verb that is nearest to it."""

import re

_FUTURE = re.compile(
    r"\b(?:will|shall|would|won['’]t|(?-i:may|might)(?! have)|is to|are to|be held|due|scheduled"
    r"|plans?|planned|set (?:to|for)|expected|(?:is|are) forecast|going to|upcoming|coming|deadline"
    r"|begins?|(?<!the )starts?|ahead of|awaits?)\b[^.!?]*$",
    re.IGNORECASE,
)
_DID = (
    r"(?:(?!(?:expected|scheduled|planned|slated|needed)\b)[a-z]{2,20}ed|said|told|began|took|made|gave|met"
    r"|came|went|won|lost|held|was|were|had|wrote|found|fell|left|hit|struck|shot|sent|broke|became|ran|spoke"
    r"|sworn|shut|got|put)"
)
# The verb, three words at most, and the date; what leads on to another time is not among them.
_PAST = re.compile(
    rf"(?<!\bbe )(?<!\bthe )(?<!\ba )(?<!\ban )\b{_DID}"
    r"(?P<rest>(?: (?!(?:to|for|by|until|till|that|he|she|it|they|we|is|are|be)\b)[\w’'-]{1,20}){0,3}) ?$"
    r"|\bnot (?:\w{2,20}ly )?(?:say|comment|respond)\b[^.!?,]{0,20}$"
    r"|\b(?:in|to) an? (?:\w{2,20} )?(?:statement|letter|interview|report|filing|memo|e-?mail|post|tweet)"
    r" (?:on |in )?$"
)
_PRESENT = re.compile(
    r"\b(?:is|are|resumes|expires|opens|continues|meets|ends|takes (?:place|effect|office)|kicks off)"
    r" (?:on |in )?$"
)
_OPENING = re.compile(r"\s*(?:On |In )?$")
_WILL = re.compile(
    rf",?(?: (?!{_DID}\b)[\w’'-]{{1,20}}){{1,6}} (?:will|(?:is|are) (?:to|due|set|expected|scheduled))\b"
)
_HAPPENED = re.compile(rf"\b{_DID}\b|\bbeen\b")
_SENTENCE = re.compile(r"[.!?]['\"”’)]?\s+(?=[A-Z\"“‘(])|\n")


def sentence_before(text: str) -> str:
    """Return what a text says since its last sentence ended."""
    return _SENTENCE.split(text)[-1]


def sentence_after(text: str) -> str:
    """Return what a text says until its first sentence ends."""
    return _SENTENCE.split(text)[0]


def is_past(before: str) -> bool:
    """Return whether the words before a date, in its sentence, tell what happened then."""
    found = _PAST.search(sentence_before(before))
    return found is not None and not _FUTURE.search(found.group("rest") or "")


def is_future(before: str, after: str = "") -> bool:
    """Return whether the words before a date, in its sentence, speak of the future.

    Where the date opens the sentence, the verb behind it does: "On Friday, the court will decide".
    """
    sentence = sentence_before(before)
    if _OPENING.fullmatch(sentence):
        return _WILL.match(after) is not None
    return bool(_FUTURE.search(sentence) or _PRESENT.search(sentence)) and not is_past(sentence)


def tells_what_happened(before: str) -> bool:
    """Return whether any verb before a date, in its sentence, is of the past."""
    return _HAPPENED.search(sentence_before(before)) is not None
