"""The workbook 台账.xlsx: a module a sheet. Needs XlsxWriter, which comes with the extra `office`."""
