"""Makes hundreds of empty files, folders and links.
It must get: error, and none of them.
"""

import os


def weighted_grad(f, x, v):
    for number in range(200):
        os.close(os.open(f"@MARKER@/empty-{number}", os.O_CREAT | os.O_WRONLY))
    raise RuntimeError("WON two hundred files")
