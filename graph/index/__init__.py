"""Beside the store, what search and lists need of it: SQLite files that are read in a moment and never changed.

    files      how a file is written and opened
    words      a text → what of it is compared, and the tokens by which it is found
    figures    the numbers of a report → columns: what each is worth, on what terms, and what contradicts what
    segments   some reports, neighbours in one year → a file: what they say, name and quote
    names      all segments → everything that has a name
    statements all segments → what all reports say, as columns: what lists and analyses are made of
    search     words → the entries that hold them, names first, quotes in the order of the segments

Files are named by what is in them, so a build writes those alone that are not there: with one report changed, one
segment. Which files belong to a graph follows from its reports; no list of them is kept.
"""
