"""The reference of wirtinger against differences along both axes and against closed forms."""

import pytest
import torch

Z = torch.tensor([1 + 2j, -0.5 + 0.75j, 2 - 1j], dtype=torch.complex128)


@pytest.mark.parametrize(
    "f",
    [
        lambda z: z**3 - 2j * z.conj(),
        lambda z: torch.exp(z) * z.conj(),
        lambda z: z.abs() ** 2,
        lambda z: torch.sin(z.real) + 1j * z.imag**2,
    ],
)
def test_differences_along_both_axes(solution, f):
    """Both derivatives are made of the slopes along the real and along the imaginary axis."""
    step = 1e-6
    along_x = (f(Z + step) - f(Z - step)) / (2 * step)
    along_y = (f(Z + 1j * step) - f(Z - 1j * step)) / (2 * step)
    by_z, by_conjugate = solution("wirtinger")(f, Z)
    torch.testing.assert_close(by_z, (along_x - 1j * along_y) / 2, rtol=1e-7, atol=1e-8)
    torch.testing.assert_close(by_conjugate, (along_x + 1j * along_y) / 2, rtol=1e-7, atol=1e-8)


def test_product_rule(solution):
    """The derivatives of z^2 times the conjugate are 2 |z|^2 and z^2."""
    by_z, by_conjugate = solution("wirtinger")(lambda z: z**2 * z.conj(), Z)
    torch.testing.assert_close(by_z, 2 * Z.abs().square().to(torch.complex128))
    torch.testing.assert_close(by_conjugate, Z**2)
