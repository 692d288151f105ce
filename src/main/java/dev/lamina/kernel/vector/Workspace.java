package dev.lamina.kernel.vector;

/// What one thread needs while it computes: its tasks and its packing buffers.
///
/// Each thread that calls a kernel, and each thread of a pool, has its own; so two threads may call
/// the same kernels at once. Buffers grow to the largest size asked for and stay: a step that was
/// made once allocates nothing any more.
final class Workspace {
  /// The length of `piece()`.
  static final int PIECE = 512;

  private static final ThreadLocal<Workspace> CURRENT = ThreadLocal.withInitial(Workspace::new);

  private float[] left = {};
  private float[] right = {};
  private float[] sums = {};
  private float[] turned = {};
  private float[] padded = {};
  private int[] places = {};

  /// The product that this thread computes.
  final Product product = new Product();

  /// The tile that this thread computes.
  final ProductTile productTile = new ProductTile(this, product);

  /// The transport that this thread computes.
  final Transport transport = new Transport();

  private final float[] piece = new float[PIECE];
  private final float[] tail = new float[3 * Lanes.SUMS];
  private final float[] end = new float[Lanes.SUMS];
  private final float[] turn = new float[VectorPowers.TURN];
  private final float[] exponents = new float[2 * VectorPowers.TURN];
  private int[] words = {};
  private long[] planes = {};
  private float[] lines = {};
  private final GroupPatterns groupPatterns = new GroupPatterns();

  /// The element-wise and row tasks of this thread, one per kernel class.
  final VectorActivations activations = new VectorActivations();

  final VectorActivationGradients activationGradients = new VectorActivationGradients();
  final VectorCompetition competition = new VectorCompetition();
  final VectorElementwise elementwise = new VectorElementwise();
  final VectorFunctions functions = new VectorFunctions();
  final VectorGroups groups = new VectorGroups();
  final VectorLosses losses = new VectorLosses();
  final VectorNormalization normalization = new VectorNormalization();
  final VectorOptimizers optimizers = new VectorOptimizers();
  final VectorPadding padding = new VectorPadding();
  final VectorPlasticity plasticity = new VectorPlasticity();
  final VectorPooling pooling = new VectorPooling();
  final VectorRandom random = new VectorRandom();
  final VectorReductions reductions = new VectorReductions();
  final VectorRegions regions = new VectorRegions();
  final VectorRows rows = new VectorRows();
  final VectorSelection selection = new VectorSelection();

  /// What is computed in double.
  final DoubleWorkspace doubles = new DoubleWorkspace();

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

  /// Memory for a tile that does not fit its place in the result, at least `size` floats of any
  /// content.
  float[] sums(int size) {
    if (sums.length < size) {
      sums = new float[size];
    }
    return sums;
  }

  /// Memory for a transposed result, at least `size` floats of any content.
  float[] turned(int size) {
    if (turned.length < size) {
      turned = new float[size];
    }
    return turned;
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

  /// Memory for the ends of three runs that do not fill a vector.
  float[] tail() {
    return tail;
  }

  /// Memory of `Lanes` for a vector, never kept between two of its calls.
  float[] end() {
    return end;
  }

  /// `PIECE` floats of any content, for a part of a row.
  float[] piece() {
    return piece;
  }

  /// The values of a turn of `VectorPowers`.
  float[] turn() {
    return turn;
  }

  /// The exponents of a turn of `VectorPowers`.
  float[] exponents() {
    return exponents;
  }

  /// Patterns of this thread for samples of so many channels in so many groups.
  GroupPatterns groupPatterns(int channels, int groups) {
    return groupPatterns.of(channels, groups);
  }

  /// Memory for gathered lines, at least `size` floats of any content.
  float[] lines(int size) {
    if (lines.length < size) {
      lines = new float[size];
    }
    return lines;
  }

  /// Memory for random words, at least `size` ints of any content.
  int[] words(int size) {
    if (words.length < size) {
      words = new int[size];
    }
    return words;
  }

  /// Memory for pairs of random words, at least `size` longs of any content.
  long[] planes(int size) {
    if (planes.length < size) {
      planes = new long[size];
    }
    return planes;
  }
}
