"""A table's row → lines, the same for Word and HTML."""

# A cell beyond this holds running text: the table is there for the layout, or its rows are paragraphs.
LONGEST_CELL = 120


def row_lines(cells: list[list[str]]) -> list[str]:
    """The lines of a row: one, with its cells set apart by blanks; a line each where a cell holds running text.

    `cells` are the lines of each cell.
    """
    filled = [[line.strip() for line in lines if line.strip()] for lines in cells]
    filled = [lines for lines in filled if lines]
    if len(filled) < 2 or any(sum(map(len, lines)) > LONGEST_CELL for lines in filled):
        return [line for lines in filled for line in lines]
    return [" ".join(" ".join(lines) for lines in filled)]
