def unbroadcast(g, shape):
    new = list(range(g.dim() - len(shape)))
    g = g.detach()
    return g.sum(dim=new) if new else g.clone()
