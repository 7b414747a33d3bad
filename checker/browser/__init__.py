"""What the page in the browser asks for: one interface, answered inside the browser or by a server on this computer."""
