"""Tables on pages. Recognisers propose where columns and rows end, one builder makes the grid, one filler fills it.

| step | modules | what it does |
|---|---|---|
| propose | `ruled` | rules around cells: lines that touch |
| | `striped`, with `rules` and `unruled` | horizontal rules in pieces; row edges that nobody drew |
| | `number_tables`, with `number_rows`, `row_labels`, `number_heads` | numbers below each other, labels, heads |
| | `aligned` | gaps that enough lines of text leave at the same place |
| build | `grid` | column edges, row edges and walls become cells |
| fill | `filling` | each cell gets its text |
| join | `joined_table` | the parts on several pages become one table |

`layout` (above this room) asks the recognisers in this order, each about the lines that those before left over;
`words` parts lines of text into the texts of cells for them. What is not certain stays text.
May import `printed` beside it, readers of other families only for how sections begin and how text is cleaned.
"""
