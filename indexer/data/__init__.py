"""Tables that the taggers read."""
