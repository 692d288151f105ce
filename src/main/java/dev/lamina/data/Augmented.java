package dev.lamina.data;

import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.security.MessageDigest;

/// Pictures as one epoch sees them, moved and mirrored as they are read.
///
/// Row `i` is row `rows[i]` of the pixels below, changed by `moves[i]`.
final class Augmented implements Samples {
  private final Pixels below;
  private final int[] rows;
  private final Augmentation.Move[] moves;

  Augmented(Pixels below, int[] rows, Augmentation.Move[] moves) {
    this.below = below;
    this.rows = rows;
    this.moves = moves;
  }

  @Override
  public Shape sample() {
    return below.sample();
  }

  @Override
  public int size() {
    return rows.length;
  }

  @Override
  public void read(int row, Tensor out, int at) {
    below.read(rows[row], moves[row], out, at);
  }

  @Override
  public void digest(int row, MessageDigest digest) {
    below.digest(rows[row], digest);
  }

  @Override
  public String kind() {
    return below.kind();
  }
}
