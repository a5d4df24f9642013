"""Learning on one's own: a folder of one's own, and the loop of reading, saving and seeing the verdict."""
