"""Programs to copy to machines where nothing can be installed: `make program` and `make pyz`."""
