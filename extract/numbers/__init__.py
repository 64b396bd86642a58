"""Numbers that say how much or how many of something was done: where they stand, and what they measure.

`indicators` gives the observations. Below it, `quantities` says what a number is (numerals, units, what counts
nothing, from-to pairs), `naming` what it measures (the noun, supplied from around where the clause lacks it).
"""
