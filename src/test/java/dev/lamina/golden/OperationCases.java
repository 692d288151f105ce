package dev.lamina.golden;

import static java.util.Map.entry;

import dev.lamina.kernel.Activation;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Operation;
import dev.lamina.kernel.Padding;
import dev.lamina.kernel.Pool;
import dev.lamina.kernel.Reduction;
import dev.lamina.kernel.Window;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/// How each `op_*` case is computed by the kernels; the table is by beginning of name.
final class OperationCases {
  private static final Map<String, Consumer<GoldenCase>> BY_NAME =
      Map.ofEntries(
          entry("op_conv_", OperationCases::convolution),
          entry("op_im2col", OperationCases::patches),
          entry("op_linear", OperationCases::linear),
          entry("op_reflect_pad", OperationCases::reflection),
          entry("op_pool_max", OperationCases::maxPool),
          entry("op_pool_avg", OperationCases::avgPool),
          entry("op_act_", OperationCases::activation),
          entry("op_dropout", OperationCases::dropout),
          entry("op_reduce_", OperationCases::reductions),
          entry("op_topk", OperationCases::topK),
          entry("op_losses", LossCases::losses),
          entry("op_softmax_ce", LossCases::softmaxAndCrossEntropy),
          entry("op_bn1d", NormalizationCases::threeBatches),
          entry("op_bn2d", NormalizationCases::threeBatches),
          entry("op_bn_constant_channel", NormalizationCases::constantChannel),
          entry("op_lr_schedules", ScheduleCases::rates),
          entry("op_opt_", OptimizerCases::steps));

  private static final Map<String, Reduction> REDUCTIONS =
      Map.ofEntries(
          entry("sum", Reduction.SUM),
          entry("mean", Reduction.MEAN),
          entry("var", Reduction.VARIANCE),
          entry("var1", Reduction.UNBIASED_VARIANCE),
          entry("std1", Reduction.UNBIASED_DEVIATION),
          entry("max", Reduction.MAX),
          entry("min", Reduction.MIN),
          entry("amax", Reduction.ABSOLUTE_MAX),
          entry("argmax", Reduction.ARGMAX),
          entry("argmin", Reduction.ARGMIN),
          entry("l1", Reduction.NORM_1),
          entry("l2", Reduction.NORM_2),
          entry("l3", Reduction.NORM_3),
          entry("lse", Reduction.LOG_SUM_EXP),
          entry("prod", Reduction.PRODUCT));

  private OperationCases() {}

  /// Computes a case and checks its outputs.
  static void compute(GoldenCase c) {
    BY_NAME.entrySet().stream()
        .filter(e -> c.name().startsWith(e.getKey()))
        .max(Comparator.comparingInt(e -> e.getKey().length()))
        .orElseThrow(() -> new AssertionError("nothing computes " + c.name()))
        .getValue()
        .accept(c);
  }

  private static void convolution(GoldenCase c) {
    Kernels k = c.kernels();
    Params p = c.params();
    Tensor x = c.map("x");
    Tensor w = c.map("w");
    Tensor gy = c.map("gy");
    Padding padding = padding(p);
    Window g =
        new Window(
            w.axis(1), w.axis(2), p.integer("stride"), p.integer("dilation"), p.integer("groups"));
    Tensor padded = padded(k, x, padding);
    Tensor y = c.zeros(gy.shape().axes());
    k.project(y, padded, w, g);
    if (c.hasIn("b")) {
      k.combineColumns(y, y, c.in("b"), Operation.ADD);
      Tensor gb = c.zeros(w.axis(0));
      k.columnSums(gb, gy);
      c.check("gb", gb);
    }
    c.checkMap("y", y);
    Tensor gw = c.zeros(w.shape().axes());
    k.correlate(gw, gy, padded, g, 0);
    c.checkMap("gw", gw);
    Tensor gPadded = c.zeros(padded.shape().axes());
    k.transport(gPadded, gy, w, g, 0);
    Tensor gx = c.zeros(x.shape().axes());
    k.unpad(gx, gPadded, padding);
    c.checkMap("gx", gx);
  }

  private static Padding padding(Params p) {
    String mode = p.text("pad_mode").toUpperCase(Locale.ROOT);
    return new Padding(Padding.Mode.valueOf(mode), p.integer("pad"));
  }

  private static Tensor padded(Kernels k, Tensor x, Padding p) {
    int size = 2 * p.size();
    Tensor padded =
        Tensor.zeros(x.type(), x.axis(0), x.axis(1) + size, x.axis(2) + size, x.axis(3));
    k.pad(padded, x, p);
    return padded;
  }

  /// Patches are what a projection sees whose neurons each look at one element of the patch.
  private static void patches(GoldenCase c) {
    Params p = c.params();
    int[] kernel = p.integers("kernel");
    Window g = new Window(kernel[0], kernel[1], p.integer("stride"), p.integer("dilation"), 1);
    Tensor padded = padded(c.kernels(), c.map("x"), padding(p));
    int patch = padded.axis(3) * g.kh() * g.kw();
    Tensor identity = c.zeros(patch, padded.axis(3), g.kh(), g.kw());
    for (int i = 0; i < patch; i++) {
      identity.set(i * patch + i, 1);
    }
    int oh = g.outHeight(padded.axis(1));
    int ow = g.outWidth(padded.axis(2));
    Tensor columns = c.zeros(padded.axis(0), oh, ow, patch);
    c.kernels().project(columns, padded, GoldenCase.channelsLast(identity), g);
    c.check("cols", columns);
  }

  private static void linear(GoldenCase c) {
    Kernels k = c.kernels();
    Tensor x = c.in("x");
    Tensor w = c.in("w");
    Tensor gy = c.in("gy");
    Tensor y = c.zeros(gy.shape().axes());
    k.project(y, x, w, Window.DENSE);
    k.combineColumns(y, y, c.in("b"), Operation.ADD);
    c.check("y", y);
    Tensor gx = c.zeros(x.shape().axes());
    k.transport(gx, gy, w, Window.DENSE, 0);
    c.check("gx", gx);
    Tensor gw = c.zeros(w.shape().axes());
    k.correlate(gw, gy, x, Window.DENSE, 0);
    c.check("gw", gw);
    Tensor gb = c.zeros(w.axis(0));
    k.columnSums(gb, gy);
    c.check("gb", gb);
  }

  private static void reflection(GoldenCase c) {
    Padding p = new Padding(Padding.Mode.REFLECT, c.params().integer("pad"));
    Tensor x = c.map("x");
    c.checkMap("y", padded(c.kernels(), x, p));
    Tensor gx = c.zeros(x.shape().axes());
    c.kernels().unpad(gx, c.map("gy"), p);
    c.checkMap("gx", gx);
  }

  private static void maxPool(GoldenCase c) {
    Tensor x = c.map("x");
    Tensor gy = c.map("gy");
    Tensor y = c.zeros(gy.shape().axes());
    Tensor at = Tensor.zeros(DType.I32, gy.shape());
    c.kernels().maxPool(y, at, x, pool(c));
    c.checkMap("y", y);
    Tensor gx = c.zeros(x.shape().axes());
    c.kernels().maxPoolBackward(gx, gy, at, pool(c));
    c.checkMap("gx", gx);
  }

  private static void avgPool(GoldenCase c) {
    Tensor x = c.map("x");
    Tensor gy = c.map("gy");
    Tensor y = c.zeros(gy.shape().axes());
    c.kernels().avgPool(y, x, pool(c));
    c.checkMap("y", y);
    Tensor gx = c.zeros(x.shape().axes());
    c.kernels().avgPoolBackward(gx, gy, pool(c));
    c.checkMap("gx", gx);
  }

  private static Pool pool(GoldenCase c) {
    Params p = c.params();
    return new Pool(p.integer("kernel"), p.integer("stride"), p.integer("pad"));
  }

  private static void activation(GoldenCase c) {
    String kind = c.params().text("kind").toUpperCase(Locale.ROOT);
    Activation f = new Activation(Activation.Kind.valueOf(kind), c.params().number("param"));
    Tensor x = c.map("x");
    Tensor y = c.zeros(x.shape().axes());
    c.kernels().activate(y, x, f);
    c.checkMap("y", y);
    Tensor dy = c.zeros(x.shape().axes());
    c.kernels().fill(dy, 1);
    c.kernels().activateBackward(dy, dy, x, f);
    c.checkMap("dy", dy);
  }

  private static void dropout(GoldenCase c) {
    double scale = 1 / (1 - c.params().number("p"));
    Tensor x = c.in("x");
    c.kernels().mask(x, x, c.in("mask"), scale);
    c.check("y", x);
    Tensor gy = c.in("gy");
    c.kernels().mask(gy, gy, c.in("mask"), scale);
    c.check("gx", gy);
  }

  private static void reductions(GoldenCase c) {
    Tensor x = c.in("x");
    int axis = c.params().integer("axis", 0);
    REDUCTIONS.forEach((name, op) -> reduction(c, name, op, x, axis));
    if (c.hasOut("cumsum")) {
      Tensor y = c.zeros(x.shape().axes());
      c.kernels().cumulativeSum(y, x, axis);
      c.check("cumsum", y);
    }
  }

  private static void reduction(GoldenCase c, String name, Reduction op, Tensor x, int axis) {
    if (c.hasOut(name)) {
      int outer = x.shape().span(0, axis);
      int inner = x.shape().span(axis + 1, x.shape().rank());
      boolean position = op == Reduction.ARGMAX || op == Reduction.ARGMIN;
      Tensor out = Tensor.zeros(position ? DType.I32 : c.type(), outer, inner);
      c.kernels().reduce(out, op, x.reshape(outer, x.axis(axis), inner), 1);
      c.check(name, out);
    }
  }

  private static void topK(GoldenCase c) {
    Tensor x = c.in("x");
    int k = c.params().integer("k");
    Tensor values = c.zeros(x.axis(0), k);
    Tensor at = Tensor.zeros(DType.I32, x.axis(0), k);
    c.kernels().topK(values, at, x);
    c.check("values", values);
    c.check("indices", at);
  }
}
