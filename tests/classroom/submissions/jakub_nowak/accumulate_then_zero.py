def accumulate_then_zero(f, g, x):
    x.requires_grad = True
    out = []
    for step, function in enumerate([f, g, g]):
        if step == 2:
            x.grad.zero_()
        function(x).backward()
        out.append(x.grad.clone())
    return tuple(out)
