"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import pytest
import torch
from first_nan import first_nan


@pytest.mark.parametrize(
    ("f", "expected"),
    [
        (lambda x: torch.where(x > 0, torch.sqrt(2 * x), 0 * x).sum(), "SqrtBackward0"),
        (lambda x: torch.sqrt(x).sum(), None),
        (lambda x: (x * x).sum(), None),
        (lambda x: torch.where(x > 0, torch.log(x), x).sum(), "LogBackward0"),
    ],
)
def test_names(f, expected):
    """Two functions whose gradient is nan at 0, and two whose gradient is not.

    两个函数在 0 处的梯度是 nan，另两个不是。
    """
    assert first_nan(f, torch.tensor([0.0, 4.0])) == expected


def test_anomaly_mode_is_off_again():
    """Anomaly detection is not left on.

    异常检测没有被留在打开状态。
    """
    first_nan(lambda x: torch.where(x > 0, torch.log(x), x).sum(), torch.tensor([0.0, 4.0]))
    assert not torch.is_anomaly_enabled()
