package dev.lamina.tensor;

/// The only door through which random numbers enter.
///
/// A draw is named by a stream (what it is for, for example `"b1.convolution.weight"`) and a step
/// (which draw of that stream); the same name gives the same numbers whatever was drawn before.
/// `dev.lamina.kernel.Philox` is the implementation; tests play recorded tensors.
public interface Draws {
  /// Fills `out` (F32 or F64, any shape) with numbers uniform in [0, 1).
  void uniform(Tensor out, String stream, long step);

  /// Fills `out` (F32 or F64, any shape) with normal numbers of mean 0 and variance 1.
  void normal(Tensor out, String stream, long step);

  /// Fills `mask` (U8, any shape) with 1 at probability `1 - p` and 0 at probability `p`,
  /// independently; `p` in [0, 1] is rounded to 1/65 536.
  void keep(Tensor mask, double p, String stream, long step);

  /// Fills `out` (I32 `[n]`) with a uniformly random permutation of 0 … n-1.
  void permutation(Tensor out, String stream, long step);
}
