"""Document and forms in, Report out: sections, tables, fields and who reports."""

from checker.understand.labels import know_labels, label_forms
from checker.understand.library import Library, library_from_data
from checker.understand.reading import understand
from checker.understand.report_split import read_reports

__all__ = ["Library", "know_labels", "label_forms", "library_from_data", "read_reports", "understand"]
