"""A number in the words of a report: what it holds for, between what it lies, and which numbers it contradicts.

    circumstances   the words around a number → the part of a place and the time that it is about
    figure          an observation and its sentence → a number in one unit, with its bounds
    contradictions  the figures of a report → those that cannot all be true

Nothing here reads a graph: an index keeps what is found here, and the analyses ask any store for the words.
"""
