"""The measures by which text and rulings belong together, each once.

Lengths are points; shares are parts of a font height unless they say otherwise.
"""

from typing import Final

THIN: Final = 3.0
"""Thickest ruling; anything thicker is a filled area."""
SAME_EDGE: Final = 4.0
"""Edges nearer than this are one (double rules, cells drawn one by one, two pages); no character fits between."""
NARROWEST: Final = 8.0
"""No cell is narrower; a line in shorter pieces is dotted or dashed."""
MARGIN: Final = 2.0
"""Between the outermost text and the edges of a table whose sides nobody drew."""
ALIGNED: Final = 2.0
"""By how much texts that begin at one place may differ there."""
OFF_CENTRE: Final = 1.5
"""By how much centred text may miss the middle of its cell."""
TALL: Final = 40.0
"""Higher runs are turned text."""

LEVEL: Final = 0.25
"""Share by which texts beside each other may differ in height."""
LINE_GAP: Final = 0.4
"""Largest share between the bottom of a line and the top of the next in one cell."""
SINGLE_SPACED: Final = 1.35
"""Share from line to line up to which they surely are lines of one text."""
NEXT_LINE: Final = 1.6
"""Share from line to line up to which they may be lines of one text, where nothing else tells."""
LOOSE_LEADING: Final = 2.2
"""Share from line to line beyond which they are no lines of one cell."""
FARTHEST_ROWS: Final = 4.0
"""Share from line to line beyond which they are no rows of one table."""

CLEAR: Final = 0.25
"""Smallest share between the texts of two cells."""
SEAM: Final = 0.05
"""Smallest share between the texts of two columns that nearly touch."""
TWICE: Final = 2.0
"""How much wider than the usual gap of a line one is that parts it: letters set apart have the same gaps everywhere."""
SAME_TYPE: Final = 0.15
"""Part by which sizes of one type may differ."""
LARGER_TYPE: Final = 1.2
"""Sizes that differ by this factor are different type."""
FULL_LINE: Final = 2.2
"""Widths of an ideograph by which a full line may end early: punctuation takes a character along to the next."""

FEWEST_COLUMNS: Final = 3
"""Columns that make a table of lines without walls: two may be a list."""
MOST_LINES: Final = 300
"""No page of tables has more lines of text, more rules, or more rows."""
FURNITURE: Final = 2
"""Lines at either end of a page that may be its running head or its number."""
