"""x minus its own value is a zero with the gradient of x."""


def straight_through(q, x):
    return (x - x.detach()) + q(x.detach().clone()).detach()
