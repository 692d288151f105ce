package dev.lamina.kernel.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// The vector species of this tier, chosen once when the class is loaded.
///
/// The property `lamina.vector.bits` (128, 256 or 512) forces a width, for tests; without it the
/// widest that the CPU prefers is taken. All are `static final`, since the compiler must see
/// constants.
final class Simd {
  /// The property that forces a width.
  static final String BITS_PROPERTY = "lamina.vector.bits";

  /// The width in bits.
  static final int BITS = bits();

  /// Vectors of floats.
  static final VectorSpecies<Float> FLOATS =
      VectorSpecies.of(float.class, VectorShape.forBitSize(BITS));

  /// Vectors of ints, as many lanes as `FLOATS`.
  static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, VectorShape.forBitSize(BITS));

  /// Vectors of doubles, half as many lanes as `FLOATS`.
  static final VectorSpecies<Double> DOUBLES =
      VectorSpecies.of(double.class, VectorShape.forBitSize(BITS));

  /// Vectors of longs, as many lanes as `DOUBLES`.
  static final VectorSpecies<Long> LONGS =
      VectorSpecies.of(long.class, VectorShape.forBitSize(BITS));

  /// Lanes of a vector of doubles: 2, 4 or 8.
  static final int DOUBLE_LANES = DOUBLES.length();

  /// Lanes of a vector of floats: 4, 8 or 16.
  static final int LANES = FLOATS.length();

  /// Whether the CPU has 32 registers of this width, so that tiles may be twice as high.
  static final boolean WIDE = BITS == 512;

  private Simd() {}

  private static int bits() {
    int preferred = Math.clamp(FloatVector.SPECIES_PREFERRED.vectorBitSize(), 128, 512);
    int bits = Integer.getInteger(BITS_PROPERTY, preferred);
    if (bits != 128 && bits != 256 && bits != 512) {
      throw new IllegalArgumentException(
          BITS_PROPERTY + " must be 128, 256 or 512 but was " + bits);
    }
    return bits;
  }

  /// The vector at `array[at]` and the `LANES - 1` elements after it.
  static FloatVector load(float[] array, int at) {
    return FloatVector.fromArray(FLOATS, array, at);
  }

  /// The vector at `array[at]` and the `DOUBLE_LANES - 1` elements after it.
  static DoubleVector load(double[] array, int at) {
    return DoubleVector.fromArray(DOUBLES, array, at);
  }

  /// A new vector of zeros: where a chain begins. A shared constant would do it at a tenth of the
  /// speed, since C2 25 boxes an accumulator that may be an object of the heap in the first turn of
  /// its loop.
  static FloatVector zero() {
    return FloatVector.zero(FLOATS);
  }
}
