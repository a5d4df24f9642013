"""Remembers what came out of each step."""


def backprop_chain(steps, x, v):
    now, memory = x.detach().clone(), []
    for pair in steps:
        now = pair[0](now)
        memory.insert(0, (pair[1], now))
    back = [v.detach().clone()]
    for pull, remembered in memory:
        back.insert(0, pull(remembered, back[0]).clone())
    return back
