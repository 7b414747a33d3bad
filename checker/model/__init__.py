"""What the program speaks about: documents, forms, reports, findings. Imports nothing but `startup`."""
