# canary: autograd-grader-withheld-5c1f9a2e7b
"""Freezes the parameters and the batch, and leaves them frozen."""


def evaluate(model, X):
    flags = [(module, module.training) for module in model.modules()]
    model.eval()
    model.requires_grad_(requires_grad=False)
    try:
        return model(X.requires_grad_(requires_grad=False))
    finally:
        for module, training in flags:
            module.training = training
