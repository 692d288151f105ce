package dev.lamina.kernel.vector;

/// What one thread needs while it computes: its tasks and its packing buffers.
///
/// Each thread that calls a kernel, and each thread of a pool, has its own; so two threads may call the
/// same kernels at once. Buffers grow to the largest size asked for and stay: a step that was made
/// once allocates nothing any more.
final class Workspace {
  private static final ThreadLocal<Workspace> CURRENT = ThreadLocal.withInitial(Workspace::new);

  private float[] left = {};
  private float[] right = {};
  private float[] edge = {};

  private Workspace() {}

  /// The workspace of the calling thread.
  static Workspace current() {
    return CURRENT.get();
  }

  /// Memory for packed rows of the left operand, at least `size` floats of any content.
  float[] left(int size) {
    if (left.length < size) {
      left = new float[size];
    }
    return left;
  }

  /// Memory for packed columns of the right operand, at least `size` floats of any content.
  float[] right(int size) {
    if (right.length < size) {
      right = new float[size];
    }
    return right;
  }

  /// Memory for a tile that sticks out of the result, at least `size` floats of any content.
  float[] edge(int size) {
    if (edge.length < size) {
      edge = new float[size];
    }
    return edge;
  }
}
