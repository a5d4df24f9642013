"""The class as a whole, for who teaches it: gathered from reports, as figures and as one page."""
