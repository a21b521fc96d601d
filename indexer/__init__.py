"""The indexer: files with articles in them, to articles with tags, to an index.

    files ─▶ read ─▶ Source ─▶ extract ─▶ Article ─▶ write ─▶ INDEX
              │                  ├ page, title    what is article, what is page
              └─▶ Refusal        ├ date, says     when it was written, when it speaks of
                                 └ people, countries   who and where, each with its mentions

A *source* is one article as it was read, with the fields that came with it and nothing guessed; a
*refusal* is a file or row that gave none, with its reason. Each file found gives one or the other.
*Extracting* guesses what was not given: given beats guessed, field by field. A *mention* is the
receipt of a tag: the place in the text that names someone or somewhere, and the rule that read it.

Traps:

- Offsets point into the body that `extract` returns, which for pastes and pages is not the text of
  the file: furniture was taken off. The text of a record is kept character for character.
- A file's own time is never an article's date, and no clue is filled up with a year it does not
  have; `date_source` says where the date was found, `none` is an answer.
- Everything in a source was written by strangers. Sizes are bounded here, and every pattern reads
  its text in linear time.
"""
