"""What is printed on a page, whatever the file: characters, rulings, lines of text, measures."""
