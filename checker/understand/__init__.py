"""Document and forms in, Report out: sections, tables, fields and who reports."""

from checker.understand.library import Library, library_from_data
from checker.understand.reading import understand

__all__ = ["Library", "library_from_data", "understand"]
