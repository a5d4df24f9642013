"""One function for both rules."""

from torch.autograd import Function


def times_slope(ctx, other):
    (x,) = ctx.saved_tensors
    return other * x.square() * 3


class Cube(Function):
    generate_vmap_rule = True
    forward = staticmethod(lambda x: x.pow(3))
    backward = staticmethod(times_slope)
    jvp = staticmethod(times_slope)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_forward(*inputs)
        ctx.save_for_backward(*inputs)
