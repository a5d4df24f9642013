"""Returns an object whose finaliser makes another like it, and loops.
It must get: timeout or failed.
"""


class Phoenix:
    def __del__(self):
        self.next = Phoenix()
        while True:
            pass


def weighted_grad(f, x, v):
    Phoenix()
    return Phoenix()
