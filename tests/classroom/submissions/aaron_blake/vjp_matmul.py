class Solution:
    def vjp_matmul(self, x, w, v):
        x, w, v = x.detach(), w.detach(), v.detach()
        return v @ w, v.T @ x
