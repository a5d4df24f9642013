def unbroadcast(g, shape):
    padded = (1,) * (g.ndim - len(shape)) + tuple(shape)
    dims = [d for d in range(g.ndim) if padded[d] == 1 and g.shape[d] > 1]
    summed = g.detach().sum(dim=dims, keepdim=True) if dims else g.detach().clone()
    return summed.reshape(shape)
