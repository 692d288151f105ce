package dev.lamina.kernel.vector;

import dev.lamina.kernel.Activation;
import dev.lamina.kernel.Checks;
import dev.lamina.kernel.Competition;
import dev.lamina.kernel.Function;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.MapChecks;
import dev.lamina.kernel.MapKernels;
import dev.lamina.kernel.MatrixKernels;
import dev.lamina.kernel.Operation;
import dev.lamina.kernel.Padding;
import dev.lamina.kernel.Pool;
import dev.lamina.kernel.Reduction;
import dev.lamina.kernel.Window;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;

/// The doors of the F32 kernels: sizes are checked, then the task of the calling thread runs.
final class FloatKernels implements Kernels, Arithmetic {
  private final ThreadPool pool;
  private final MatrixKernels matrices;
  private final MapKernels maps;

  /// Kernels on the threads of a pool; `doubles` computes maps in F64.
  FloatKernels(ThreadPool pool, MapKernels doubles) {
    this.pool = pool;
    this.matrices = new VectorMatrices(pool);
    this.maps = new VectorMapKernels(pool, doubles);
  }

  private static Workspace work() {
    return Workspace.current();
  }

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public MatrixKernels matrices() {
    return matrices;
  }

  @Override
  public MapKernels maps() {
    return maps;
  }

  @Override
  public void project(Tensor u, Tensor x, Tensor w, Window g) {
    MapChecks.products("project", u, x, w, g);
    Projections.project(pool, u, x, w, g);
  }

  @Override
  public void transport(Tensor gx, Tensor d, Tensor v, Window g, double beta) {
    MapChecks.products("transport", d, gx, v, g);
    Projections.transport(pool, gx, d, v, g, beta);
  }

  @Override
  public void correlate(Tensor gw, Tensor d, Tensor x, Window g, double beta) {
    MapChecks.products("correlate", d, x, gw, g);
    Projections.correlate(pool, gw, d, x, g, beta);
  }

  @Override
  public void gemm(
      Tensor c, Tensor a, boolean transposeA, Tensor b, boolean transposeB, double beta) {
    MapChecks.gemm(c, a, transposeA, b, transposeB);
    Projections.gemm(pool, c, a, transposeA, b, transposeB, beta);
  }

  @Override
  public void pad(Tensor y, Tensor x, Padding p) {
    MapChecks.padding("pad", y, x, p);
    work().padding.pad(pool, y, x, p);
  }

  @Override
  public void unpad(Tensor gx, Tensor gy, Padding p) {
    MapChecks.padding("unpad", gy, gx, p);
    work().padding.unpad(pool, gx, gy, p);
  }

  @Override
  public void maxPool(Tensor y, Tensor at, Tensor x, Pool p) {
    MapChecks.maxPool("maxPool", y, at, x, p);
    work().pooling.maxPool(pool, y, at, x, p);
  }

  @Override
  public void maxPoolBackward(Tensor gx, Tensor gy, Tensor at, Pool p) {
    MapChecks.maxPool("maxPoolBackward", gy, at, gx, p);
    work().pooling.maxPoolBackward(pool, gx, gy, at, p);
  }

  @Override
  public void avgPool(Tensor y, Tensor x, Pool p) {
    MapChecks.pool("avgPool", y, x, p);
    work().pooling.avgPool(pool, y, x, p);
  }

  @Override
  public void avgPoolBackward(Tensor gx, Tensor gy, Pool p) {
    MapChecks.pool("avgPoolBackward", gy, gx, p);
    work().pooling.avgPoolBackward(pool, gx, gy, p);
  }

  @Override
  public void moments(Tensor mean, Tensor variance, Tensor x) {
    Checks.moments(mean, variance, x);
    work().normalization.moments(pool, mean, variance, x);
  }

  @Override
  public void moveStatistics(
      Tensor rm, Tensor rv, Tensor mean, Tensor variance, double momentum, int m) {
    Checks.moveStatistics(rm, rv, mean, variance, m);
    VectorNormalization.moveStatistics(rm, rv, mean, variance, momentum, m);
  }

  @Override
  public void normalize(Tensor y, Tensor x, Tensor mean, Tensor variance, double eps) {
    Checks.normalize(y, x, mean, variance);
    work().normalization.normalize(pool, y, x, mean, variance, eps);
  }

  @Override
  public void normalizeBackward(
      Tensor gx, Tensor gy, Tensor x, Tensor mean, Tensor variance, double eps) {
    Checks.normalizeBackward(gx, gy, x, mean, variance);
    work().normalization.normalizeBackward(pool, gx, gy, x, mean, variance, eps);
  }

  @Override
  public void softmax(Tensor y, Tensor x, double scale) {
    Checks.rows("softmax", y, x);
    work().rows.softmax(pool, y, x, scale);
  }

  @Override
  public void softmaxBackward(Tensor gx, Tensor gy, Tensor y, double scale) {
    Checks.rows("softmaxBackward", gx, gy, y);
    work().rows.softmaxBackward(pool, gx, gy, y, scale);
  }

  @Override
  public void logSoftmax(Tensor y, Tensor x) {
    Checks.rows("logSoftmax", y, x);
    work().rows.logSoftmax(pool, y, x);
  }

  @Override
  public void logSoftmaxBackward(Tensor gx, Tensor gy, Tensor y) {
    Checks.rows("logSoftmaxBackward", gx, gy, y);
    work().rows.logSoftmaxBackward(pool, gx, gy, y);
  }

  @Override
  public void crossEntropy(Tensor figures, Tensor gz, Tensor z, Tensor labels, double smoothing) {
    Checks.crossEntropy(figures, gz, z, labels);
    work().losses.crossEntropy(pool, figures, gz, z, labels, smoothing);
  }

  @Override
  public void argmax(Tensor at, Tensor x) {
    Checks.argmax(at, x);
    work().selection.argmax(pool, at, x);
  }

  @Override
  public void topK(Tensor values, Tensor at, Tensor x) {
    Checks.topK(values, at, x);
    work().selection.topK(pool, values, at, x);
  }

  @Override
  public void oneHot(Tensor y, Tensor labels) {
    Checks.labels("oneHot", y, labels);
    VectorSelection.oneHot(y, labels);
  }

  @Override
  public void compete(Tensor y, Tensor c, Tensor wins, Tensor u, Competition how, int groups) {
    Checks.compete(y, c, wins, u, how, groups);
    work().competition.compete(pool, y, c, wins, u, how, groups);
  }

  @Override
  public void activate(Tensor y, Tensor x, Activation f) {
    Checks.rows("activate", y, x);
    work().activations.activate(pool, y, x, f);
  }

  @Override
  public void activateBackward(Tensor gx, Tensor gy, Tensor x, Activation f) {
    Checks.rows("activateBackward", gx, gy, x);
    work().activationGradients.activateBackward(pool, gx, gy, x, f);
  }

  @Override
  public void reduce(Tensor out, Reduction op, Tensor x, int axis) {
    Checks.reduce(out, op, x, axis);
    work().reductions.reduce(pool, out, op, x, axis);
  }

  @Override
  public void columnSums(Tensor out, Tensor x) {
    Checks.perChannel("columnSums", out, x);
    work().normalization.columnSums(pool, out, x);
  }

  @Override
  public void cumulativeSum(Tensor y, Tensor x, int axis) {
    Checks.cumulativeSum(y, x, axis);
    VectorReductions.cumulativeSum(y, x, axis);
  }

  @Override
  public void fill(Tensor y, double value) {
    work().elementwise.fill(pool, y, value);
  }

  @Override
  public void convert(Tensor y, Tensor x, double scale) {
    Checks.convert(y, x);
    VectorElementwise.convert(y, x, scale);
  }

  @Override
  public void affine(Tensor y, Tensor x, double a, double b) {
    Checks.same("affine", y, x);
    work().elementwise.affine(pool, y, x, a, b);
  }

  @Override
  public void addScaled(Tensor y, double a, Tensor x) {
    Checks.same("addScaled", y, x);
    work().elementwise.addScaled(pool, y, a, x);
  }

  @Override
  public void map(Tensor y, Tensor x, Function f) {
    Checks.same("map", y, x);
    work().functions.map(pool, y, x, f);
  }

  @Override
  public void signedPower(Tensor y, Tensor x, double p) {
    Checks.same("signedPower", y, x);
    work().functions.signedPower(pool, y, x, p);
  }

  @Override
  public void combine(Tensor y, Tensor a, Tensor b, Operation op) {
    Checks.same("combine", y, a, b);
    work().elementwise.combine(pool, y, a, b, op);
  }

  @Override
  public void combineColumns(Tensor y, Tensor x, Tensor v, Operation op) {
    Checks.columns("combineColumns", y, v, x);
    work().elementwise.combineColumns(pool, y, x, v, op);
  }

  @Override
  public void combineRows(Tensor y, Tensor x, Tensor v, Operation op) {
    Checks.perRow("combineRows", y, v, x);
    work().elementwise.combineRows(pool, y, x, v, op);
  }

  @Override
  public void mask(Tensor y, Tensor x, Tensor mask, double scale) {
    Checks.mask("mask", y, mask, x);
    work().elementwise.mask(pool, y, x, mask, scale);
  }

  @Override
  public void dropBelow(Tensor y, Tensor x, Tensor u, Tensor p) {
    Checks.dropBelow(y, x, u, p);
    work().elementwise.dropBelow(pool, y, x, u, p);
  }

  @Override
  public void squaredError(Tensor loss, Tensor g, Tensor x, Tensor t, double scale) {
    Checks.loss("squaredError", loss, g, x, t);
    work().losses.squaredError(pool, loss, g, x, t, scale);
  }

  @Override
  public void absoluteError(Tensor loss, Tensor g, Tensor x, Tensor t, double scale) {
    Checks.loss("absoluteError", loss, g, x, t);
    work().losses.absoluteError(pool, loss, g, x, t, scale);
  }

  @Override
  public void logisticLoss(Tensor loss, Tensor g, Tensor x, Tensor t, double scale) {
    Checks.loss("logisticLoss", loss, g, x, t);
    work().losses.logisticLoss(pool, loss, g, x, t, scale);
  }

  @Override
  public void subtractScaledRows(Tensor delta, Tensor c, Tensor w) {
    Checks.subtractScaledRows(delta, c, w);
    work().plasticity.subtractScaledRows(pool, delta, c, w);
  }

  @Override
  public void largest(Tensor most, Tensor delta) {
    Checks.perGroup("largest", most, delta);
    work().plasticity.largest(pool, most, delta);
  }

  @Override
  public void addScaledRows(Tensor w, Tensor eta, Tensor delta, Tensor most) {
    Checks.addScaledRows(w, eta, delta, most);
    work().plasticity.addScaledRows(pool, w, eta, delta, most);
  }

  @Override
  public void rowNorms(Tensor norms, Tensor w, double order) {
    Checks.perNeuron("rowNorms", norms, w, false);
    work().plasticity.rowNorms(pool, norms, w, order);
  }

  @Override
  public void normDependentRate(Tensor eta, Tensor norms, double rate, double power) {
    Checks.same("normDependentRate", eta, norms);
    work().plasticity.normDependentRate(eta, norms, rate, power);
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
    work().optimizers.sgd(pool, p, g, buffer, rate, momentum, dampening, decay, nesterov, first);
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
    work()
        .optimizers
        .adam(pool, p, g, m, v, largestV, rate, beta1, beta2, epsilon, decay, decoupled, step);
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
    work().optimizers.rmsprop(pool, p, g, v, mean, buffer, rate, alpha, epsilon, momentum, decay);
  }

  @Override
  public void randomWords(Tensor words, long key, long step) {
    Checks.type("randomWords", words, DType.I32);
    work().random.words(pool, words, key, step);
  }

  @Override
  public void randomMask(Tensor mask, double p, long key, long step) {
    Checks.randomMask(mask, p);
    work().random.mask(pool, mask, p, key, step);
  }

  @Override
  public void firstNotFinite(Tensor found, Tensor x) {
    Checks.firstNotFinite(found, x);
    VectorSelection.firstNotFinite(found, x);
  }
}
