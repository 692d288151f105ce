package dev.lamina.kernel;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.HostStorage;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;

/// One side of a comparison: a tier, and the arguments made for it.
///
/// Every tensor is a view at an odd offset, between guard cells of NaN (or the integer poison) that
/// no kernel may read into a result or write. Outputs start full of the same poison. Both sides of
/// a comparison draw the same numbers, rounded to the type under test.
final class Side {
  private static final int GUARD = 5;
  private static final int INT_POISON = 0x5A5A5A5A;

  private static final double[] EXTREMES = {
    0,
    -0.0,
    1,
    -1,
    1e-4,
    -1e-4,
    1e-20,
    -1e-20,
    1e-39,
    -1e-39,
    30,
    -30,
    88.5,
    -88.5,
    104,
    -104,
    1e30,
    -1e30,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN
  };

  private static final double[] LARGE = {
    0, -0.0, 1, -1, 1e-4, -1e-4, 1e-20, -1e-20, 1e-39, -1e-39, 5, -5, 19.9, -19.9, 30, -30, 80, -80
  };

  private final Kernels kernels;
  private final DType type;
  private final boolean single;
  private final Random random;
  private final List<Tensor> guarded = new ArrayList<>();
  private final List<Compared> compared = new ArrayList<>();

  /// A tensor that is compared after the call.
  record Compared(Tensor tensor, Tolerance tolerance) {}

  /// @param type the type of this side's tensors
  /// @param tested the type under test, to which the numbers are rounded
  Side(Kernels kernels, DType type, DType tested, long seed) {
    this.kernels = kernels;
    this.type = type;
    this.single = tested == DType.F32;
    this.random = new Random(seed);
  }

  Kernels kernels() {
    return kernels;
  }

  List<Compared> compared() {
    return compared;
  }

  /// Standard normal numbers.
  Tensor in(int... axes) {
    return filled(type, random::nextGaussian, axes);
  }

  /// Numbers of at least one half.
  Tensor positive(int... axes) {
    return filled(type, () -> 0.5 + Math.abs(random.nextGaussian()), axes);
  }

  /// Numbers of at most minus one half.
  Tensor negative(int... axes) {
    return filled(type, () -> -0.5 - Math.abs(random.nextGaussian()), axes);
  }

  /// Numbers in [0, 1).
  Tensor uniform(int... axes) {
    return filled(type, random::nextDouble, axes);
  }

  /// Whole numbers from -2 to 2: most rows have ties.
  Tensor ties(int... axes) {
    return filled(type, () -> random.nextInt(5) - 2, axes);
  }

  /// Zeros, denormals, the largest numbers, infinities and NaN, from a random one on.
  Tensor extremes(int... axes) {
    return cycle(EXTREMES, axes);
  }

  /// Zeros, denormals and numbers up to 80.
  Tensor large(int... axes) {
    return cycle(LARGE, axes);
  }

  private Tensor cycle(double[] values, int... axes) {
    int[] at = {random.nextInt(values.length)};
    return filled(type, () -> values[at[0]++ % values.length], axes);
  }

  /// I32 numbers in 0 … bound-1.
  Tensor labels(int bound, int... axes) {
    return filled(DType.I32, () -> random.nextInt(bound), axes);
  }

  /// U8 zeros and ones.
  Tensor bits(int... axes) {
    return filled(DType.U8, () -> random.nextInt(2), axes);
  }

  /// Copies the elements of an array.
  Tensor of(double[] values, int... axes) {
    int[] at = {0};
    return filled(type, () -> values[at[0]++], axes);
  }

  /// A poisoned output.
  Tensor out(Tolerance tolerance, int... axes) {
    return compare(tolerance, make(type, axes));
  }

  /// A poisoned F64 output, whatever the type of this side.
  Tensor doubles(Tolerance tolerance, int... axes) {
    return compare(tolerance, make(DType.F64, axes));
  }

  /// A poisoned I32 output.
  Tensor positions(int... axes) {
    return compare(Tolerance.EXACT, make(DType.I32, axes));
  }

  /// A poisoned U8 output.
  Tensor bytes(int... axes) {
    return compare(Tolerance.EXACT, make(DType.U8, axes));
  }

  /// Normal numbers that the call changes.
  Tensor inOut(Tolerance tolerance, int... axes) {
    return compare(tolerance, in(axes));
  }

  /// Compares `t` after the call.
  Tensor compare(Tolerance tolerance, Tensor t) {
    compared.add(new Compared(t, tolerance));
    return t;
  }

  private Tensor filled(DType type, DoubleSupplier numbers, int... axes) {
    Tensor t = make(type, axes);
    for (int i = 0; i < t.size(); i++) {
      double value = numbers.getAsDouble();
      t.set(i, single ? (float) value : value);
    }
    return t;
  }

  private Tensor make(DType type, int... axes) {
    Shape shape = Shape.of(axes);
    int size = shape.size() + 2 * GUARD;
    Tensor whole = Tensor.on(HostStorage.allocate(type, size), Shape.of(size));
    for (int i = 0; i < size; i++) {
      whole.set(i, type.isFloating() ? Double.NaN : INT_POISON);
    }
    guarded.add(whole);
    return whole.view(GUARD, shape);
  }

  /// Whether every guard cell is as it was.
  boolean guardsHold() {
    return guarded.stream().allMatch(Side::guardHolds);
  }

  private static boolean guardHolds(Tensor whole) {
    boolean holds = true;
    for (int i = 0; i < GUARD; i++) {
      holds &= isPoison(whole, i) && isPoison(whole, whole.size() - 1 - i);
    }
    return holds;
  }

  private static boolean isPoison(Tensor t, int i) {
    double poison = t.type() == DType.U8 ? INT_POISON & 0xFF : INT_POISON;
    return t.type().isFloating() ? Double.isNaN(t.get(i)) : t.get(i) == poison;
  }
}
