"""What the rules of receipts mean, in words of a reader: the page's side of docs/how-it-is-tagged.md."""

import re

PLAIN = {
    "country name": "The country’s own name.",
    "short form": "A short form of the country’s name.",
    "demonym": "A word for the country’s people, or its adjective.",
    "former name": "A former name of the country.",
    "former demonym": "A word for the people of a former country.",
    "former state": "A state that is no more, counted for its successors",
    "institution": "An institution that stands for the country’s government.",
    "capital": "The capital, which also stands for the government.",
    "city": "A city of the country.",
    "region": "A region of the country.",
    "us state": "A state of the United States.",
    "currency": "The country’s currency.",
    "dateline city": "The place in the dateline, where the article was filed.",
    "title + name": "A name behind a title or rank.",
    "role + name": "A name behind an office or occupation.",
    "name list": "A given name and a surname that lists know.",
    "name shape": "Two words that look like a person’s name.",
    "initial and surname": "A surname with initials.",
    "name + age": "A name with an age behind it.",
    "name + who": "A name that “who” or “whose” refers to.",
    "name + role": "A name with an occupation behind it.",
    "name + speech verb": "A name that speaks.",
    "name model": "The trained name model took it for a name; what spoke most for it",
    "surname of": "The surname of a person named in full: ",
    "part of": "A part of the full name ",
    "name of": "The same name as before: ",
    "date:day": "A full date.",
    "date:month": "A month with its year.",
    "date:year": "A year.",
    "date:day, nearest year": "A day without its year: the year nearest to the article’s date.",
    "date:month, nearest year": "A month without its year: the year nearest to the article’s date.",
    "date:weekday": "A weekday, reckoned from the article’s date.",
    "date:day beside its own": "A day beside the article’s own date.",
    "date:month beside its own": "A month beside that of the article’s date.",
    "date:year beside its own": "A year beside that of the article’s date.",
    "same as": "Counted under another spelling of the name: ",
    "spacy": "Found by the spaCy pipeline ",
}
_PARTS = re.compile(r"; (?=same as )")
_FILE = re.compile(r"(?P<file>[^:\s]{1,200}):(?P<line>\d{1,7}) (?P<says>.+)", re.DOTALL)
_OPEN = tuple(
    sorted((name for name, words in PLAIN.items() if not words.endswith(".")), key=len, reverse=True)
)


def in_plain_words(rule: str) -> str:
    """Return what a rule means in sentences; a rule that is not known is returned as it is."""
    return " ".join(filter(None, (_one(part) for part in _PARTS.split(rule))))


def _one(rule: str) -> str:
    if rule in PLAIN:
        words = PLAIN[rule].rstrip()
        return words if words.endswith(".") else f"{words.rstrip(':')}."
    for name in _OPEN:
        if rule.startswith(name) and rule[len(name) : len(name) + 1] in (":", " "):
            rest = rule[len(name) :].lstrip(": ")
            mark = "" if PLAIN[name].endswith(" ") else ": "
            return f"{PLAIN[name]}{mark}{rest}."
    told = _FILE.fullmatch(rule)
    if told:
        return f"Line {told['line']} of {told['file']} says so: {told['says']}."
    return rule
