"""A quiz as one HTML page that marks itself, needs no network and no other file."""
