"""A detached tensor shares the counter, so that overwriting it is noticed."""


def saved_for_backward(f, x):
    answers = []
    for end in range(2):
        leaf = x.detach().clone().requires_grad_()
        y = f(leaf)
        (leaf if end == 0 else y).detach().zero_()
        try:
            if y.requires_grad and not y.is_leaf:
                y.sum().backward()
            answers.append(False)
        except RuntimeError:
            answers.append(True)
    return tuple(answers)
