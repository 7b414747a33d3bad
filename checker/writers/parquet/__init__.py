"""`--format parquet`: a table for data offices, one row a finding and one a report; needs pyarrow."""
