"""Document and forms in, Report out: sections, tables, fields and who reports."""

from checker.understand.labels import know_labels, label_forms, label_words
from checker.understand.library import Library, library_from_data, library_of_kinds
from checker.understand.reading import understand
from checker.understand.report_split import read_reports

__all__ = [
    "Library",
    "know_labels",
    "label_forms",
    "label_words",
    "library_from_data",
    "library_of_kinds",
    "read_reports",
    "understand",
]
