package dev.lamina.data;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.Draws;
import dev.lamina.tensor.Tensor;

/// Random changes of training pictures, drawn anew for every sample and epoch.
///
/// ```
/// x̄ = x with `crop` black pixels around it
/// y[i, j] = x̄[i + top, j + left],    top, left uniform in 0 … 2 crop
/// with probability ½: y[i, w - 1 - j] in the place of y[i, j]
/// ```
///
/// Scaling to [0, 1] and normalisation follow, so the edge becomes what a black pixel becomes.
///
/// Source: specs/phsic.md, section 12; specs/weight-transport.md, section 6.2.
///
/// @param crop pixels around a picture, ≥ 0; with 0 nothing is moved
/// @param flip whether pictures are mirrored left to right
public record Augmentation(int crop, boolean flip) {
  private static final int NUMBERS = 3;

  /// Checks the range.
  ///
  /// @throws IllegalArgumentException if `crop` is negative
  public Augmentation {
    if (crop < 0) {
      throw new IllegalArgumentException("a picture has at least 0 pixels around it, not " + crop);
    }
  }

  /// What happens to one picture.
  ///
  /// @param down how much lower than a pixel of the result its source lies
  /// @param right how much further to the right
  /// @param mirrored whether left and right change places afterwards
  record Move(int down, int right, boolean mirrored) {}

  /// What happens to each of `n` samples in an epoch.
  ///
  /// Draws uniform numbers `[n, 3]` (top, left, mirror below ½) from `stream` at step `epoch`: a
  /// sample's change does not depend on when, or by whom, it is read.
  Move[] draw(int n, Draws draws, String stream, long epoch) {
    Tensor u = Tensor.zeros(DType.F32, n, NUMBERS);
    draws.uniform(u, stream, epoch);
    int offsets = 2 * crop + 1;
    Move[] moves = new Move[n];
    for (int i = 0; i < n; i++) {
      int top = (int) (u.get(NUMBERS * i) * offsets);
      int left = (int) (u.get(NUMBERS * i + 1) * offsets);
      boolean mirrored = flip && u.get(NUMBERS * i + 2) < 0.5;
      moves[i] = new Move(top - crop, left - crop, mirrored);
    }
    return moves;
  }
}
