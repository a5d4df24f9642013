"""QTI 2.1: a package of items and a test that draws one of each pool."""
