def output_gradient(f, x, index):
    leaf = x.clone().detach()
    leaf.requires_grad = True
    f(leaf)[index].backward()
    return leaf.grad.detach()
