import torch

x = torch.tensor([2.0, 3.0], requires_grad=True)
y = torch.stack([x[0] * x[1], x[0] ** 2, 5 * x[1]])
rows = []
for i in range(3):
    rows.append(torch.autograd.grad(y[i], x, retain_graph=True)[0])
jacobian = torch.stack(rows)
print(jacobian)
