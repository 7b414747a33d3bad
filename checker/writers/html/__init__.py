"""The result as one web page. May import `writers.shared` and `model`.

A page of another kind, such as the author's copy or the one that runs in a browser, shows a report with
`document.document_html(result, vocabulary)` and its findings with
`finding.findings_html(result, FindingWords(vocabulary))`; their docstrings say what elements there are.
"""
