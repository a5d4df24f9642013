"""Searches its own memory, by way of /proc/self/mem, for withheld text.
It must get: error, and not even the map of its memory.
"""

NEEDLE = b"autograd-grader-" + b"withheld-"


def weighted_grad(f, x, v):
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb") as memory:
        for line in maps:
            first, last = (int(word, 16) for word in line.split()[0].split("-"))
            memory.seek(first)
            data = memory.read(last - first)
            raise RuntimeError(f"WON {data[data.find(NEEDLE) :][:200]!r}")
