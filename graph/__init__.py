"""Quads → store → answers, analyses, pictures. This half never sees a record; N-Quads are what it gets.

    building (manifest, mirrors) → store, index → questions, check, export, analysis → telling, plots, explorer
                                               → network → layout → drawing

`cli` is the command `zhili`, and the only module that knows the other half.
"""
