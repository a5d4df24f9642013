# canary: autograd-grader-withheld-5c1f9a2e7b
"""Works on x itself and believes that clearing it afterwards restores it."""


def output_gradient(f, x, index):
    x.requires_grad_()
    x.grad = None
    f(x)[index].backward()
    result = x.grad.clone()
    x.grad = None
    x.requires_grad_(requires_grad=False)
    return result
