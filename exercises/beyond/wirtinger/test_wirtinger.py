"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import torch
from wirtinger import wirtinger


def test_the_example():
    """The square of z plus three times its conjugate.

    z 的平方加上它的共轭的三倍。
    """
    by_z, by_conjugate = wirtinger(lambda z: z**2 + 3 * z.conj(), torch.tensor([1 + 2j]))
    torch.testing.assert_close(by_z.resolve_conj(), torch.tensor([2 + 4j]))
    torch.testing.assert_close(by_conjugate.resolve_conj(), torch.tensor([3 + 0j]))


def test_no_conjugate_in_the_formula():
    """Without a conjugate in the formula, the second derivative is 0.

    公式里没有共轭时，第二个导数为 0。
    """
    by_z, by_conjugate = wirtinger(lambda z: 1j * z, torch.tensor([1 + 2j, 3 - 1j]))
    torch.testing.assert_close(by_z.resolve_conj(), torch.tensor([1j, 1j]))
    torch.testing.assert_close(by_conjugate.resolve_conj(), torch.zeros(2, dtype=torch.complex64))


def test_real_values():
    """The squared absolute value is z times its conjugate, so the derivatives are the conjugate and z.

    绝对值的平方是 z 乘以它的共轭，所以两个导数分别是共轭和 z。
    """
    z = torch.tensor([1 + 2j, 3 - 1j])
    by_z, by_conjugate = wirtinger(lambda z: z.abs() ** 2, z)
    torch.testing.assert_close(by_z.resolve_conj(), torch.tensor([1 - 2j, 3 + 1j]))
    torch.testing.assert_close(by_conjugate.resolve_conj(), z)
