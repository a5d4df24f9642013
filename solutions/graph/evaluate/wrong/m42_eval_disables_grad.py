# canary: autograd-grader-withheld-5c1f9a2e7b
"""Takes eval() for the switch that stops the recording."""


def evaluate(model, X):
    flags = [(module, module.training) for module in model.modules()]
    model.eval()
    try:
        return model(X)
    finally:
        for module, training in flags:
            module.training = training
