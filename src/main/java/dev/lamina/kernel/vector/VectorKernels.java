package dev.lamina.kernel.vector;

import dev.lamina.kernel.Activation;
import dev.lamina.kernel.Competition;
import dev.lamina.kernel.Function;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.MapKernels;
import dev.lamina.kernel.MatrixKernels;
import dev.lamina.kernel.Operation;
import dev.lamina.kernel.Padding;
import dev.lamina.kernel.Pool;
import dev.lamina.kernel.Reduction;
import dev.lamina.kernel.Window;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;

/// The tier `vector`: F32 by the Vector API on a thread pool of its own, and so much of F64 as
/// measures need; the rest of F64 by the tier `reference`.
///
/// Every method picks by the type of its tensors; `FloatKernels`, `DoubleKernels` and
/// `VectorMatrices` have the doors. Safe for use by several threads at once.
public final class VectorKernels implements Kernels {
  private final ThreadPool pool;
  private final Kernels reference;
  private final FloatKernels floats;
  private final DoubleKernels doubles;

  /// The tier on `threads` threads, the calling thread included; 1 makes no other thread.
  ///
  /// @param reference computes what this tier has no kernel for: most of F64
  /// @throws IllegalArgumentException if `threads` is below 1
  public VectorKernels(int threads, Kernels reference) {
    this.pool = new ThreadPool(threads);
    this.reference = reference;
    this.floats = new FloatKernels(pool, reference.maps());
    this.doubles = new DoubleKernels(pool, reference);
  }

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public MatrixKernels matrices() {
    return floats.matrices();
  }

  @Override
  public MapKernels maps() {
    return floats.maps();
  }

  /// The width of its vectors in bits.
  public static int bits() {
    return Simd.BITS;
  }

  /// The number of threads that share the work of one call.
  public int threads() {
    return pool.threads();
  }

  private Arithmetic arithmetic(Tensor t) {
    return t.type() == DType.F64 ? doubles : floats;
  }

  private Kernels of(Tensor t) {
    return t.type() == DType.F32 ? floats : reference;
  }

  @Override
  public void project(Tensor u, Tensor x, Tensor w, Window g) {
    of(u).project(u, x, w, g);
  }

  @Override
  public void transport(Tensor gx, Tensor d, Tensor v, Window g, double beta) {
    of(gx).transport(gx, d, v, g, beta);
  }

  @Override
  public void correlate(Tensor gw, Tensor d, Tensor x, Window g, double beta) {
    of(gw).correlate(gw, d, x, g, beta);
  }

  @Override
  public void gemm(
      Tensor c, Tensor a, boolean transposeA, Tensor b, boolean transposeB, double beta) {
    arithmetic(c).gemm(c, a, transposeA, b, transposeB, beta);
  }

  @Override
  public void pad(Tensor y, Tensor x, Padding p) {
    of(x).pad(y, x, p);
  }

  @Override
  public void unpad(Tensor gx, Tensor gy, Padding p) {
    of(gx).unpad(gx, gy, p);
  }

  @Override
  public void maxPool(Tensor y, Tensor at, Tensor x, Pool p) {
    of(x).maxPool(y, at, x, p);
  }

  @Override
  public void maxPoolBackward(Tensor gx, Tensor gy, Tensor at, Pool p) {
    of(gx).maxPoolBackward(gx, gy, at, p);
  }

  @Override
  public void avgPool(Tensor y, Tensor x, Pool p) {
    of(x).avgPool(y, x, p);
  }

  @Override
  public void avgPoolBackward(Tensor gx, Tensor gy, Pool p) {
    of(gx).avgPoolBackward(gx, gy, p);
  }

  @Override
  public void moments(Tensor mean, Tensor variance, Tensor x) {
    of(x).moments(mean, variance, x);
  }

  @Override
  public void moveStatistics(
      Tensor rm, Tensor rv, Tensor mean, Tensor variance, double momentum, int m) {
    of(rm).moveStatistics(rm, rv, mean, variance, momentum, m);
  }

  @Override
  public void normalize(Tensor y, Tensor x, Tensor mean, Tensor variance, double eps) {
    of(x).normalize(y, x, mean, variance, eps);
  }

  @Override
  public void normalizeBackward(
      Tensor gx, Tensor gy, Tensor x, Tensor mean, Tensor variance, double eps) {
    of(x).normalizeBackward(gx, gy, x, mean, variance, eps);
  }

  @Override
  public void softmax(Tensor y, Tensor x, double scale) {
    of(x).softmax(y, x, scale);
  }

  @Override
  public void softmaxBackward(Tensor gx, Tensor gy, Tensor y, double scale) {
    of(gx).softmaxBackward(gx, gy, y, scale);
  }

  @Override
  public void logSoftmax(Tensor y, Tensor x) {
    of(x).logSoftmax(y, x);
  }

  @Override
  public void logSoftmaxBackward(Tensor gx, Tensor gy, Tensor y) {
    of(gx).logSoftmaxBackward(gx, gy, y);
  }

  @Override
  public void crossEntropy(Tensor figures, Tensor gz, Tensor z, Tensor labels, double smoothing) {
    of(z).crossEntropy(figures, gz, z, labels, smoothing);
  }

  @Override
  public void argmax(Tensor at, Tensor x) {
    of(x).argmax(at, x);
  }

  @Override
  public void topK(Tensor values, Tensor at, Tensor x) {
    of(x).topK(values, at, x);
  }

  @Override
  public void oneHot(Tensor y, Tensor labels) {
    arithmetic(y).oneHot(y, labels);
  }

  @Override
  public void compete(Tensor y, Tensor c, Tensor wins, Tensor u, Competition how, int groups) {
    of(u).compete(y, c, wins, u, how, groups);
  }

  @Override
  public void activate(Tensor y, Tensor x, Activation f) {
    of(x).activate(y, x, f);
  }

  @Override
  public void activateBackward(Tensor gx, Tensor gy, Tensor x, Activation f) {
    of(x).activateBackward(gx, gy, x, f);
  }

  @Override
  public void reduce(Tensor out, Reduction op, Tensor x, int axis) {
    arithmetic(x).reduce(out, op, x, axis);
  }

  @Override
  public void columnSums(Tensor out, Tensor x) {
    of(x).columnSums(out, x);
  }

  @Override
  public void cumulativeSum(Tensor y, Tensor x, int axis) {
    of(x).cumulativeSum(y, x, axis);
  }

  @Override
  public void fill(Tensor y, double value) {
    if (y.type() == DType.F64) {
      doubles.fill(y, value);
    } else {
      of(y).fill(y, value);
    }
  }

  @Override
  public void convert(Tensor y, Tensor x, double scale) {
    arithmetic(y).convert(y, x, scale);
  }

  @Override
  public void affine(Tensor y, Tensor x, double a, double b) {
    arithmetic(x).affine(y, x, a, b);
  }

  @Override
  public void addScaled(Tensor y, double a, Tensor x) {
    arithmetic(x).addScaled(y, a, x);
  }

  @Override
  public void map(Tensor y, Tensor x, Function f) {
    arithmetic(x).map(y, x, f);
  }

  @Override
  public void signedPower(Tensor y, Tensor x, double p) {
    of(x).signedPower(y, x, p);
  }

  @Override
  public void combine(Tensor y, Tensor a, Tensor b, Operation op) {
    arithmetic(y).combine(y, a, b, op);
  }

  @Override
  public void combineColumns(Tensor y, Tensor x, Tensor v, Operation op) {
    arithmetic(x).combineColumns(y, x, v, op);
  }

  @Override
  public void combineRows(Tensor y, Tensor x, Tensor v, Operation op) {
    arithmetic(x).combineRows(y, x, v, op);
  }

  @Override
  public void mask(Tensor y, Tensor x, Tensor mask, double scale) {
    of(x).mask(y, x, mask, scale);
  }

  @Override
  public void dropBelow(Tensor y, Tensor x, Tensor u, Tensor p) {
    of(x).dropBelow(y, x, u, p);
  }

  @Override
  public void squaredError(Tensor loss, Tensor g, Tensor x, Tensor t, double scale) {
    of(x).squaredError(loss, g, x, t, scale);
  }

  @Override
  public void absoluteError(Tensor loss, Tensor g, Tensor x, Tensor t, double scale) {
    of(x).absoluteError(loss, g, x, t, scale);
  }

  @Override
  public void logisticLoss(Tensor loss, Tensor g, Tensor x, Tensor t, double scale) {
    of(x).logisticLoss(loss, g, x, t, scale);
  }

  @Override
  public void subtractScaledRows(Tensor delta, Tensor c, Tensor w) {
    of(delta).subtractScaledRows(delta, c, w);
  }

  @Override
  public void largest(Tensor most, Tensor delta) {
    of(delta).largest(most, delta);
  }

  @Override
  public void addScaledRows(Tensor w, Tensor eta, Tensor delta, Tensor most) {
    of(w).addScaledRows(w, eta, delta, most);
  }

  @Override
  public void rowNorms(Tensor norms, Tensor w, double order) {
    of(w).rowNorms(norms, w, order);
  }

  @Override
  public void normDependentRate(Tensor eta, Tensor norms, double rate, double power) {
    of(eta).normDependentRate(eta, norms, rate, power);
  }

  @Override
  public void sgd(
      Tensor p,
      Tensor g,
      Tensor buffer,
      double rate,
      double momentum,
      double dampening,
      double decay,
      boolean nesterov,
      boolean first) {
    of(p).sgd(p, g, buffer, rate, momentum, dampening, decay, nesterov, first);
  }

  @Override
  public void adam(
      Tensor p,
      Tensor g,
      Tensor m,
      Tensor v,
      Tensor largestV,
      double rate,
      double beta1,
      double beta2,
      double epsilon,
      double decay,
      boolean decoupled,
      long step) {
    of(p).adam(p, g, m, v, largestV, rate, beta1, beta2, epsilon, decay, decoupled, step);
  }

  @Override
  public void rmsprop(
      Tensor p,
      Tensor g,
      Tensor v,
      Tensor mean,
      Tensor buffer,
      double rate,
      double alpha,
      double epsilon,
      double momentum,
      double decay) {
    of(p).rmsprop(p, g, v, mean, buffer, rate, alpha, epsilon, momentum, decay);
  }

  @Override
  public void randomWords(Tensor words, long key, long step) {
    floats.randomWords(words, key, step);
  }

  @Override
  public void randomMask(Tensor mask, double p, long key, long step) {
    floats.randomMask(mask, p, key, step);
  }

  @Override
  public void firstNotFinite(Tensor found, Tensor x) {
    arithmetic(x).firstNotFinite(found, x);
  }
}
