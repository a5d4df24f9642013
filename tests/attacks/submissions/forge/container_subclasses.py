"""Returns subclasses of dict, list, str and float that claim to be what is asked for.
It must get: failed.
"""


class Number(float):
    def __eq__(self, other):
        return True

    __hash__ = float.__hash__


class Parts(list):
    def __len__(self):
        return 1

    def __eq__(self, other):
        return True


class Named(dict):
    def __getitem__(self, key):
        return Number(1)

    def keys(self):
        return type("Keys", (), {"__eq__": lambda *_given: True})()


def weighted_grad(f, x, v):
    return Parts([Named(), Number(0.5)])
