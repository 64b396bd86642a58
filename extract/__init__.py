"""One file → one report → its quads, pure between two edges.

    finding → reading (formats) → mending → outline → the rules → report → triples or printing

The rules: mechanisms and weaknesses (by the vocabulary), practices, numbers, deficiencies and causes, plans; office
says who reports and when, genre whether it is a report, unread what was missed. Begin with `extract.report`.
"""
