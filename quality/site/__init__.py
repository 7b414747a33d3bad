"""The documentation as a site of plain files, searchable and readable without a server: `make site`."""
