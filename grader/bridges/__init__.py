"""Ways out to the places where courses live."""
