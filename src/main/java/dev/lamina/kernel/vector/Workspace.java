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
  private float[] scatter = {};
  private float[] padded = {};
  private int[] places = {};

  /// The product that this thread computes.
  final Product product = new Product();

  /// The transport that this thread computes.
  final Transport transport = new Transport();

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

  /// Memory for a tile whose rows lie apart in the result, at least `size` floats of any content.
  float[] scatter(int size) {
    if (scatter.length < size) {
      scatter = new float[size];
    }
    return scatter;
  }

  /// Memory for a signal with zeros around it, at least `size` floats of any content.
  float[] padded(int size) {
    if (padded.length < size) {
      padded = new float[size];
    }
    return padded;
  }

  /// Memory for positions, at least `size` ints of any content.
  int[] places(int size) {
    if (places.length < size) {
      places = new int[size];
    }
    return places;
  }
}
