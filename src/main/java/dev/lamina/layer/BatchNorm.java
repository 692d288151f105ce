package dev.lamina.layer;

import dev.lamina.kernel.Function;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Operation;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Centres and scales each channel, by the batch's statistics while learning, else by running ones.
///
/// ```
/// y = γ (x - mean) / √(var + eps) + β        mean, var over all axes but the channel
/// r ← (1 - momentum) r + momentum · batch    the running variance is unbiased, the one used biased
/// ```
///
/// - `x`, `y` `[n, h, w, c]` or `[n, c]`; γ, β exist only if affine (start 1 and 0)
/// - running mean starts at 0, variance at 1
/// - throws `LaminaException` if a channel has fewer than 2 elements while learning
///
/// Source: Ioffe & Szegedy 2015, "Batch Normalization", Algorithm 1; `specs/operations.md`, section
/// 4.
public final class BatchNorm implements Layer {
  private static final int MEAN = 0;
  private static final int VARIANCE = 1;
  private static final int NORMALIZED = 2;

  private final Shape shape;
  private final DType type;
  private final double eps;
  private final double momentum;
  private final Parameter runningMean;
  private final Parameter runningVariance;
  private final @Nullable Parameter gamma;
  private final @Nullable Parameter beta;

  /// A layer for samples of `shape`.
  ///
  /// @param eps added to the variance, default 1e-5
  /// @param momentum share of the batch in the running statistics, default 0.1
  /// @param layout layout outside of per-channel tensors; flattened when the input is a flattened
  ///   map
  public BatchNorm(
      Shape shape, DType type, boolean affine, double eps, double momentum, Layout layout) {
    this.shape = shape;
    this.type = type;
    this.eps = eps;
    this.momentum = momentum;
    Shape channels = Shape.of(shape.axis(-1));
    this.runningMean = new Parameter("running-mean", type, channels, layout);
    this.runningVariance = new Parameter("running-variance", type, channels, layout);
    this.gamma = affine ? new Parameter("weight", type, channels, layout) : null;
    this.beta = affine ? new Parameter("bias", type, channels, layout) : null;
    reset();
  }

  /// Sets running mean 0 and variance 1, γ 1 and β 0.
  public void reset() {
    for (int i = 0; i < runningMean.value().size(); i++) {
      runningMean.value().set(i, 0);
      runningVariance.value().set(i, 1);
      if (gamma != null && beta != null) {
        gamma.value().set(i, 1);
        beta.value().set(i, 0);
      }
    }
  }

  @Override
  public String kind() {
    return "batch-norm";
  }

  @Override
  public Shape output() {
    return shape;
  }

  @Override
  public List<Slot> remembers() {
    int channels = shape.axis(-1);
    Shape normalized = gamma == null ? Shape.of(0) : shape;
    return List.of(
        Slot.perBatch(type, channels),
        Slot.perBatch(type, channels),
        Slot.perSample(type, normalized));
  }

  @Override
  public List<Parameter> parameters() {
    return gamma == null || beta == null ? List.of() : List.of(gamma, beta);
  }

  @Override
  public List<Parameter> statistics() {
    return List.of(runningMean, runningVariance);
  }

  @Override
  public void forward(Site s) {
    Kernels k = s.kernels();
    Tensor mean = runningMean.value();
    Tensor variance = runningVariance.value();
    if (s.mode() != Mode.EVALUATE) {
      mean = s.slot(MEAN);
      variance = s.slot(VARIANCE);
      int m = s.x().size() / Math.max(1, mean.size());
      if (m < 2) {
        throw new LaminaException(
            "batch norm needs at least 2 values per channel to learn but the batch is "
                + s.x().shape()
                + "; choose a larger batch, or drop the last one of an epoch");
      }
      k.moments(mean, variance, s.x());
      if (!s.repeated()) {
        again(s);
      }
    }
    if (gamma == null || beta == null) {
      k.normalize(s.y(), s.x(), mean, variance, eps);
      return;
    }
    k.normalize(s.slot(NORMALIZED), s.x(), mean, variance, eps);
    k.combineColumns(s.y(), s.slot(NORMALIZED), gamma.value(), Operation.MULTIPLY);
    k.combineColumns(s.y(), s.y(), beta.value(), Operation.ADD);
  }

  @Override
  public void again(Site s) {
    if (s.mode() == Mode.LEARN) {
      Tensor mean = s.slot(MEAN);
      int m = s.x().size() / Math.max(1, mean.size());
      s.kernels()
          .moveStatistics(
              runningMean.value(), runningVariance.value(), mean, s.slot(VARIANCE), momentum, m);
    }
  }

  /// `δ = mean - r; r ← r + w δ; v ← (1 - w) v + w var + w (1 - w) δ²`: Chan, Golub and LeVeque
  /// 1979.
  @Override
  public void pool(Site s, double share) {
    Kernels k = s.kernels();
    Tensor delta = s.slot(MEAN);
    Tensor variance = runningVariance.value();
    k.combine(delta, delta, runningMean.value(), Operation.SUBTRACT);
    k.addScaled(runningMean.value(), share, delta);
    k.map(delta, delta, Function.SQUARE);
    k.affine(variance, variance, 1 - share, 0);
    k.addScaled(variance, share, s.slot(VARIANCE));
    k.addScaled(variance, share * (1 - share), delta);
  }

  @Override
  public void backward(Site s) {
    Kernels k = s.kernels();
    Tensor gx = s.gx();
    Tensor gy = s.gy();
    if (gamma != null && beta != null) {
      if (s.learning()) {
        k.columnSums(beta.gradient(), gy);
        k.combine(s.slot(NORMALIZED), s.slot(NORMALIZED), gy, Operation.MULTIPLY);
        k.columnSums(gamma.gradient(), s.slot(NORMALIZED));
      }
      if (gx != null) {
        k.combineColumns(gx, gy, gamma.value(), Operation.MULTIPLY);
        gy = gx;
      }
    }
    if (gx == null) {
      return;
    }
    if (s.mode() == Mode.EVALUATE) {
      k.affine(s.slot(VARIANCE), runningVariance.value(), 1, eps);
      k.map(s.slot(VARIANCE), s.slot(VARIANCE), Function.SQRT);
      k.combineColumns(gx, gy, s.slot(VARIANCE), Operation.DIVIDE);
    } else {
      k.normalizeBackward(gx, gy, s.x(), s.slot(MEAN), s.slot(VARIANCE), eps);
    }
  }
}
