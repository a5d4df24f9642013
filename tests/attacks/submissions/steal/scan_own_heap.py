"""Scans the heap that it shares with the zygote, page by page, for withheld text and secrets.
It must get: error, and nothing worth reading there.
"""

import ctypes
import gc
import time

PAGE = 4096
PATTERN = b"withheld" + b"-"
LIBC = ctypes.CDLL(None, use_errno=True)


def is_readable(address):
    LIBC.access(ctypes.c_void_p(address), 0)
    return ctypes.get_errno() != 14


def weighted_grad(f, x, v):
    gc.unfreeze()
    pages = sorted({id(each) // PAGE for each in gc.get_objects()})
    deadline = time.process_time() + 0.4
    own = id(PATTERN) // PAGE
    for page in pages:
        if time.process_time() > deadline:
            break
        ctypes.set_errno(0)
        if page == own or not is_readable(page * PAGE):
            continue
        data = ctypes.string_at(page * PAGE, PAGE)
        place = data.find(PATTERN)
        if place >= 0 and data[place + 9 : place + 19].isalnum():
            raise RuntimeError(f"WON {data[max(0, place - 40) : place + 60]!r}")
    raise ValueError("nothing found")
