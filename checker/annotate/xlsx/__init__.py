"""Notes at the cells of a copy of a spreadsheet; everything else keeps its bytes."""
