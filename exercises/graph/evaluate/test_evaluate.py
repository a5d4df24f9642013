"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import torch
from evaluate import evaluate


def small_model():
    model = torch.nn.Sequential(torch.nn.Linear(2, 1, bias=False), torch.nn.Dropout(), torch.nn.Dropout())
    model[0].weight.data = torch.tensor([[1.0, 2.0]])
    model[2].eval()
    return model


def test_value_without_dropout():
    """The value is that of the model without dropout.

    值是没有 Dropout 时模型的输出。
    """
    model, batch = small_model(), torch.tensor([[3.0, 4.0]])
    assert [evaluate(model, batch).tolist() for _ in range(4)] == [[[11.0]]] * 4


def test_no_graph():
    """The result carries no graph.

    结果不带计算图。
    """
    assert not evaluate(small_model(), torch.tensor([[3.0, 4.0]])).requires_grad


def test_every_module_has_its_mode_back():
    """Each module is in the mode that it had before.

    每个模块都回到原来的模式。
    """
    model = small_model()
    evaluate(model, torch.tensor([[3.0, 4.0]]))
    assert [module.training for module in model.modules()] == [True, True, True, False]


def test_recording_is_on_again():
    """What is computed afterwards is recorded again.

    之后的计算又会被记录。
    """
    evaluate(small_model(), torch.tensor([[3.0, 4.0]]))
    assert torch.is_grad_enabled()
