"""Puts HTML, terminal escapes and spreadsheet formulas into everything of its that a report shows.
It must get: error, and a report in which they are plain text.
"""

TEXT = "<script>alert('LOUD')</script><img src=x onerror=alert(1)> \x1b[2J\x1b]0;LOUD\x07 =cmd|'/c calc'!A1 \u202e"


class Loud(Exception):
    pass


Loud.__name__ = Loud.__qualname__ = TEXT


def weighted_grad(f, x, v):
    raise Loud(TEXT)
