package dev.lamina.golden;

import dev.lamina.kernel.Kernels;
import dev.lamina.tensor.Tensor;

/// How the `op_*` cases of losses and softmax are computed by the kernels.
final class LossCases {
  private LossCases() {}

  static void losses(GoldenCase c) {
    Kernels k = c.kernels();
    Tensor x = c.in("x");
    Tensor y = c.in("y");
    Tensor loss = c.zeros(1);
    Tensor g = c.zeros(x.shape().axes());
    double mean = 1.0 / x.size();
    k.squaredError(loss, g, x, y, mean);
    c.check("mse", loss);
    c.check("g_mse", g);
    k.squaredError(loss, g, x, y, 1);
    c.check("mse_sum", loss);
    k.absoluteError(loss, g, x, y, mean);
    c.check("l1", loss);
    c.check("g_l1", g);
    k.logisticLoss(loss, g, x, c.in("b"), mean);
    c.check("bce_logits", loss);
    c.check("g_bce_logits", g);
  }

  static void softmaxAndCrossEntropy(GoldenCase c) {
    Kernels k = c.kernels();
    Tensor z = c.in("z");
    Tensor gy = c.in("gy");
    Tensor y = c.zeros(z.shape().axes());
    Tensor g = c.zeros(z.shape().axes());
    k.softmax(y, z, 1);
    c.check("softmax", y);
    k.softmaxBackward(g, gy, y, 1);
    c.check("gx_softmax", g);
    k.logSoftmax(y, z);
    c.check("log_softmax", y);
    k.logSoftmaxBackward(g, gy, y);
    c.check("gx_log_softmax", g);
    crossEntropy(c, "ce", 0);
    crossEntropy(c, "ce_smooth", c.params().number("smoothing"));
  }

  private static void crossEntropy(GoldenCase c, String name, double smoothing) {
    Tensor z = c.in("z");
    Tensor figures = c.zeros(2);
    Tensor g = c.zeros(z.shape().axes());
    c.kernels().crossEntropy(figures, g, z, c.in("t"), smoothing);
    c.check(name, figures.rows(0, 1));
    c.check("gx_" + name, g);
  }
}
