"""Tables that the taggers read; nothing here is code.

Places: `countries.tsv` (ISO 3166-1 and Kosovo: codes, the name shown, the names of CLDR and ISO) and
`places.tsv.gz` (cities, capitals, counties and areas of GeoNames and ISO 3166-2) are written by
`bench/build_places.py`. `names.tsv` is written by hand: demonyms, short and former names, former states
with their successors, states and abbreviations, seats of power, and longer names that are no country.
`place_words.txt` lists words beside a name that decide what it is. The first line that holds for a name
is the receipt a reader sees, so a wrong tag is mended in these files, not in code.

People: `given_names.txt.gz` and `surnames.txt.gz` are lists of single names, `person_words.txt` the words
that stand in or beside a person's name.

Sources and licences stand in NOTICE. Trap: after a change of `names.tsv` nothing need be built again, but
new marks in `places.tsv.gz` (also a word, a given name, a surname) need `bench/build_places.py`.
"""
