package dev.lamina.kernel;

import dev.lamina.tensor.Tensor;

/// The contract of a tier: every arithmetic operation of Lamina.
///
/// - Outputs come first and are overwritten, whatever they held; an output may be its own input
///   only where "in place" is written. Nothing is returned; a number is a tensor of shape `[1]`.
/// - Floating tensors of one call have one type (F32 or F64). Hyper-parameters are doubles, rounded
///   once to that type.
/// - "row" is a run along the last axis; `rows` is the product of all other axes. Empty tensors are
///   allowed and change nothing.
/// - Maps are channels last `[n, h, w, c]`, weights `[o, kh, kw, c / groups]`; a dense layer is the
///   case of 1×1 maps, and every method also takes `[n, c]` and `[o, c]` for it.
/// - Sizes are checked at the door: `IllegalArgumentException` names both shapes.
/// - The bits of a result depend on the arguments and the tier, never on threads, vector width or
///   compilation.
///
/// Formulas: `specs/operations.md`, `specs/softhebb.md`.
public interface Kernels {
  /// The tier's name: `reference`, `vector`, ...
  String name();

  /// The part of this tier that computes with square matrices in double.
  MatrixKernels matrices();

  /// The part of this tier that works within each sample of a map.
  MapKernels maps();

  // ---- the three products of a projection

  /// `u = X̂ Wᵀ`: cross-correlation of a padded map with weights.
  ///
  /// - `u` `[n, oh, ow, o]`, `x` `[n, h, w, c]` already padded, `w` `[o, kh, kw, c / groups]`
  void project(Tensor u, Tensor x, Tensor w, Window g);

  /// `gx = fold(D V) + beta gx`: sends a signal down through any matrix `v` with the axes of
  /// weights.
  ///
  /// - `gx` `[n, h, w, c]` of the padded map, `d` `[n, oh, ow, o]`, `v` `[o, kh, kw, c / groups]`
  /// - rows and columns that no window touches get `beta gx`
  void transport(Tensor gx, Tensor d, Tensor v, Window g, double beta);

  /// `gw = Dᵀ X̂ + beta gw`: pairs what came out with what went in.
  ///
  /// - `gw` `[o, kh, kw, c / groups]`, `d` `[n, oh, ow, o]`, `x` `[n, h, w, c]` already padded
  void correlate(Tensor gw, Tensor d, Tensor x, Window g, double beta);

  /// `c = op(a) op(b) + beta c`, where `op` transposes if asked.
  ///
  /// - `c` `[m, n]`; `a` `[m, k]` or `[k, m]` if transposed; `b` `[k, n]` or `[n, k]` if transposed
  void gemm(Tensor c, Tensor a, boolean transposeA, Tensor b, boolean transposeB, double beta);

  // ---- padding and pooling

  /// Enlarges a map: `y` `[n, h + 2p, w + 2p, c]` from `x` `[n, h, w, c]`.
  void pad(Tensor y, Tensor x, Padding p);

  /// The gradient of `pad`: `gx` `[n, h, w, c]`; gradients of mirrored cells add up at their
  /// source.
  void unpad(Tensor gx, Tensor gy, Padding p);

  /// Largest value of each window; `at` (I32, shape of `y`) holds its flat position `h·W + w` in
  /// the sample's map, the first maximum in row-major order; NaN in a window gives NaN.
  ///
  /// - `y` `[n, oh, ow, c]`, `x` `[n, h, w, c]` not padded
  void maxPool(Tensor y, Tensor at, Tensor x, Pool p);

  /// The gradient of `maxPool`: adds `gy` at the positions `at`; `gx` `[n, h, w, c]`.
  void maxPoolBackward(Tensor gx, Tensor gy, Tensor at, Pool p);

  /// Mean of each window over `kernel²` cells, padded zeros included.
  void avgPool(Tensor y, Tensor x, Pool p);

  /// The gradient of `avgPool`.
  void avgPoolBackward(Tensor gx, Tensor gy, Pool p);

  // ---- batch normalisation; channels are the last axis, m = rows

  /// Mean and biased variance of each channel, by two passes; `mean`, `variance` `[c]`.
  void moments(Tensor mean, Tensor variance, Tensor x);

  /// `r = (1 - momentum) r + momentum · batch`; the variance is made unbiased by `m / (m - 1)`.
  ///
  /// @param m number of elements behind each batch statistic, ≥ 2
  void moveStatistics(
      Tensor runningMean,
      Tensor runningVariance,
      Tensor mean,
      Tensor variance,
      double momentum,
      int m);

  /// `y = (x - mean) / √(variance + eps)`, in place allowed; `mean`, `variance` `[c]`.
  void normalize(Tensor y, Tensor x, Tensor mean, Tensor variance, double eps);

  /// The gradient of `normalize` with batch statistics: `gx = (gy - mean(gy) - x̂ mean(gy x̂)) /
  /// √(variance + eps)`.
  ///
  /// - `x` is the input, `mean` and `variance` its batch statistics; `gx` may be `gy`
  void normalizeBackward(Tensor gx, Tensor gy, Tensor x, Tensor mean, Tensor variance, double eps);

  // ---- rows: softmax, losses, selection, competition

  /// `y = softmax(scale x)` of each row, the row maximum of `scale x` subtracted; in place allowed.
  void softmax(Tensor y, Tensor x, double scale);

  /// The gradient of `softmax` from its output: `gx = scale · y (gy - Σ gy y)`.
  void softmaxBackward(Tensor gx, Tensor gy, Tensor y, double scale);

  /// `y = x - max - ln Σ exp(x - max)` of each row; in place allowed.
  void logSoftmax(Tensor y, Tensor x);

  /// The gradient of `logSoftmax` from its output: `gx = gy - exp(y) Σ gy`.
  void logSoftmaxBackward(Tensor gx, Tensor gy, Tensor y);

  /// Softmax cross-entropy averaged over the batch, its gradient, and the count of right answers.
  ///
  /// - `figures` `[2]`: mean loss, number of rows whose argmax (lowest index) is the label
  /// - `gz` `[n, classes]`: `(softmax(z) - q) / n` with `q = (1 - smoothing) onehot + smoothing /
  ///   classes`
  /// - `labels` I32 `[n]`, each in 0 … classes-1
  void crossEntropy(Tensor figures, Tensor gz, Tensor z, Tensor labels, double smoothing);

  /// Position of the largest element of each row, the lowest among equals; `at` I32 `[rows]`.
  void argmax(Tensor at, Tensor x);

  /// The `k` largest of each row, descending, among equals the lower index first.
  ///
  /// - `values` `[rows, k]`, `at` I32 `[rows, k]`
  void topK(Tensor values, Tensor at, Tensor x);

  /// 1 at `labels[row]`, else 0; `y` `[n, classes]`, `labels` I32 `[n]`.
  void oneHot(Tensor y, Tensor labels);

  /// The competition of neurons at every position: the signed response `y`, its sums, who won.
  ///
  /// - `y`, `u` `[.., o]`; groups are equal slices of the last axis
  /// - `c` `[o]`: `Σ y u` over all rows
  /// - `wins` `[4, o]`, **added to**: Σ of Y before any sign (S for soft forms, wins for hard
  ///   ones); count of being the neuron of rank K; Σ of |y| where the neuron won; Σ of S where it
  ///   had rank K (0 for the hard forms, which make no S)
  /// - a row whose sum of `f(u)` is 0 gives a row of zeros
  void compete(Tensor y, Tensor c, Tensor wins, Tensor u, Competition how, int groups);

  // ---- activations

  /// `y = f(x)`, in place allowed.
  void activate(Tensor y, Tensor x, Activation f);

  /// `gx = gy f'(x)`; `gx` may be `gy`.
  void activateBackward(Tensor gx, Tensor gy, Tensor x, Activation f);

  // ---- reductions

  /// Reduces axis `axis` of `x`; `out` has the other axes (shape `[1]` or rank 0 when none is
  /// left), and is I32 for `ARGMAX` and `ARGMIN`.
  void reduce(Tensor out, Reduction op, Tensor x, int axis);

  /// `out[j] = Σ x[.., j]` over all axes but the last; `out` `[c]`.
  void columnSums(Tensor out, Tensor x);

  /// Running sum along `axis`; `y` has the shape of `x`, in place allowed.
  void cumulativeSum(Tensor y, Tensor x, int axis);

  // ---- element-wise; all in place

  /// `y = value` everywhere; any type.
  void fill(Tensor y, double value);

  /// `y = x · scale` where `y` is floating and `x` of any type; same number of elements.
  void convert(Tensor y, Tensor x, double scale);

  /// `y = a x + b`.
  void affine(Tensor y, Tensor x, double a, double b);

  /// `y = y + a x`.
  void addScaled(Tensor y, double a, Tensor x);

  /// `y = f(x)`.
  void map(Tensor y, Tensor x, Function f);

  /// `y = |x|^p` with the sign of `x` (`p` > 0; `p = 1` copies).
  void signedPower(Tensor y, Tensor x, double p);

  /// `y = a op b`, all of one shape.
  void combine(Tensor y, Tensor a, Tensor b, Operation op);

  /// `y[.., j] = x[.., j] op v[j]`; `v` `[c]` with c the last axis, or `[1]`.
  void combineColumns(Tensor y, Tensor x, Tensor v, Operation op);

  /// `y[i, ..] = x[i, ..] op v[i]`; `v` has the leading axes of `x` (`v.size()` rows); a division
  /// by exactly 0 gives 0.
  void combineRows(Tensor y, Tensor x, Tensor v, Operation op);

  /// `y = x` where `mask` (U8) is not 0, times `scale`; else 0.
  void mask(Tensor y, Tensor x, Tensor mask, double scale);

  /// `y = 0` where `u < p`, else `x`; `u` has the shape of `x`, `p` its leading axes.
  void dropBelow(Tensor y, Tensor x, Tensor u, Tensor p);

  // ---- losses beside cross-entropy; g has the shape of x

  /// Squared error: `loss` `[1]` = Σ (x - t)² · scale, `g = 2 (x - t) · scale`.
  void squaredError(Tensor loss, Tensor g, Tensor x, Tensor t, double scale);

  /// Absolute error: `loss` `[1]` = Σ |x - t| · scale, `g = sign(x - t) · scale`.
  void absoluteError(Tensor loss, Tensor g, Tensor x, Tensor t, double scale);

  /// Logistic loss on logits: `loss` `[1]` = Σ (max(x,0) - x t + ln(1 + exp(-|x|))) · scale, `g =
  /// (σ(x) - t) · scale`; `g` may be `t`.
  void logisticLoss(Tensor loss, Tensor g, Tensor x, Tensor t, double scale);

  // ---- plasticity (specs/softhebb.md, sections 5-7); w, delta [o, ..], groups slice the first
  // axis

  /// `delta = delta - diag(c) w`; `c` `[o]`.
  void subtractScaledRows(Tensor delta, Tensor c, Tensor w);

  /// Largest absolute value of each group of rows; `most` `[groups]`; NaN if any element is NaN.
  void largest(Tensor most, Tensor delta);

  /// `w = w + eta[o] · delta / (most[group] + 1e-30)`; `eta` `[o]` or `[1]`, `most` `[groups]`.
  void addScaledRows(Tensor w, Tensor eta, Tensor delta, Tensor most);

  /// `norms[o] = (Σ |w_o|^order)^(1/order)`; `norms` `[o]`, `order` ≥ 1.
  void rowNorms(Tensor norms, Tensor w, double order);

  /// `eta = rate · (|norms - 1| + 1e-10)^power`; `eta`, `norms` `[o]`.
  void normDependentRate(Tensor eta, Tensor norms, double rate, double power);

  // ---- optimisers (specs/operations.md, section 8); p, g and states have one shape

  /// Stochastic gradient descent; `buffer` is not touched when `momentum` is 0.
  ///
  /// @param first whether this is the first step of `buffer`: it is set to the gradient
  void sgd(
      Tensor p,
      Tensor g,
      Tensor buffer,
      double rate,
      double momentum,
      double dampening,
      double decay,
      boolean nesterov,
      boolean first);

  /// Adam; with `decoupled` the decay is AdamW's `p (1 - rate · decay)`, else it is added to `g`.
  ///
  /// @param largestV running maximum of v (AMSGrad); the tensor `v` itself means: not used
  /// @param step t = 1, 2, ...
  void adam(
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
      long step);

  /// RMSprop; `mean` is the running mean of `g` (centred form), `v` itself means: not centred;
  /// `buffer` is not touched when `momentum` is 0.
  void rmsprop(
      Tensor p,
      Tensor g,
      Tensor v,
      Tensor mean,
      Tensor buffer,
      double rate,
      double alpha,
      double epsilon,
      double momentum,
      double decay);

  // ---- random numbers: Philox 4x32-10, see Philox

  /// Fills `words` (I32) with the 32-bit words of Philox: block i gives words 4i … 4i+3, its
  /// counter is (i, 0, low half of step, high half of step) and its key the low and high half of
  /// `key`.
  void randomWords(Tensor words, long key, long step);

  /// Fills `mask` (U8) with 1 where a 16-bit half-word of Philox is at least `round(65536 p)`, else
  /// 0; element e takes half-word e (low half of word e/2 first) of the same sequence as
  /// `randomWords`.
  void randomMask(Tensor mask, double p, long key, long step);

  /// Sets `found` (F32 or F64 as `x`, `[1]`) to the flat position of the first NaN or infinity in
  /// `x`, or -1 if all are finite.
  void firstNotFinite(Tensor found, Tensor x);
}
