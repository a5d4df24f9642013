"""An engine of your own.

自己的求导引擎。
"""

import math


def tape_grad(program: list[tuple], values: list[float]) -> list[float]:
    """Return the derivatives of the last value that a program computes with respect to its inputs.

    program: instructions such as ("mul", 0, 1) or ("sin", 2), carried out in order; each appends one value. The
        operations are add, sub, mul, div, sin and exp; the numbers are positions of earlier values, inputs first.
    values: the inputs.

    Returns one float for each input; 0.0 where it has no influence. Without instructions the last value is the last
    input. The work grows with the number of instructions, not with that of the paths.

    Promised: program and values are left as they were; torch's autograd is not used.
    """
    raise NotImplementedError
