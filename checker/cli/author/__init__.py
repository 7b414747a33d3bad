"""What an author works with: the copy with comments in it, and the page that is opened beside."""
