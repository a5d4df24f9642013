import torch


class SumBackward:
    def __call__(self, f, x):
        leaf = torch.empty_like(x).copy_(x.detach()).requires_grad_()
        torch.autograd.backward([f(leaf).sum()])
        return leaf.grad


sum_backward = SumBackward()

if __name__ == "__main__":
    print(sum_backward(torch.exp, torch.zeros(3)))
