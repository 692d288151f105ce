package dev.lamina.kernel.vector;

import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import dev.lamina.tensor.Tensor;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// Philox 4x32-10 on vectors of counters, and masks of 16-bit half-words made from it.
///
/// 20 products of 32 by 32 bits and 4 words per counter; bound by arithmetic. Integers only, so all
/// bits are those of the reference. A counter's four words live in the low halves of four lanes of
/// longs, where C2 makes one `vpmuludq` of a product whose factors are visibly 32 bits wide. The
/// ten rounds are a loop: unrolled by hand, C2 25 gives the method up.
final class VectorRandom extends TileTask {
  private static final VectorSpecies<Long> LONGS =
      VectorSpecies.of(long.class, VectorShape.forBitSize(Simd.BITS));
  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, VectorShape.forBitSize(Math.max(64, Simd.BITS / 2)));
  private static final int COUNTERS = LONGS.length();
  private static final LongVector STEPS = LongVector.zero(LONGS).addIndex(1);

  private static final long LOW = 0xFFFFFFFFL;
  private static final long M0 = 0xD2511F53L;
  private static final long M1 = 0xCD9E8D57L;
  private static final int W0 = 0x9E3779B9;
  private static final int W1 = 0xBB67AE85;

  /// Blocks of four words per tile.
  private static final int TILE = 1 << 12;

  /// Counters that are generated at once, a multiple of the lanes at every width.
  private static final int BATCH = 64;

  private int[] words = {};
  private byte[] mask = {};
  private int at;
  private int size;
  private int threshold;
  private boolean masks;
  private long key;
  private long step;

  /// See `Kernels.randomWords`.
  void words(ThreadPool pool, Tensor out, long keyBits, long stepBits) {
    masks = false;
    words = out.ints();
    at = out.offset();
    size = out.size();
    run(pool, keyBits, stepBits, size);
  }

  /// See `Kernels.randomMask`.
  void mask(ThreadPool pool, Tensor out, double p, long keyBits, long stepBits) {
    masks = true;
    mask = out.bytes();
    at = out.offset();
    size = out.size();
    threshold = (int) Math.round(65536 * p);
    run(pool, keyBits, stepBits, size / 2 + size % 2);
  }

  private void run(ThreadPool pool, long keyBits, long stepBits, int wordCount) {
    key = keyBits;
    step = stepBits;
    Split.run(pool, this, Split.tiles(wordCount, 4 * TILE));
  }

  @Override
  void run(int tile) {
    Workspace workspace = Workspace.current();
    int[] block = workspace.words(4 * BATCH);
    long[] planes = workspace.planes(2 * BATCH);
    int first = tile * TILE;
    int perBlock = masks ? 8 : 4;
    int blocks = Math.min(TILE, (size - first * perBlock + perBlock - 1) / perBlock);
    for (int i = 0; i < blocks; i += BATCH) {
      generate(planes, block, first + i, key, step);
      int from = (first + i) * perBlock;
      int count = Math.min(size - from, BATCH * perBlock);
      if (masks) {
        threshold(mask, at + from, count, block, threshold);
      } else {
        System.arraycopy(block, 0, words, at + from, count);
      }
    }
  }

  /// The words of `BATCH` blocks from `first` on, in order.
  private static void generate(long[] planes, int[] block, int first, long key, long step) {
    for (int i = 0; i < BATCH; i += COUNTERS) {
      rounds(planes, i, first + i, key, step);
    }
    for (int i = 0; i < BATCH; i++) {
      long low = planes[i];
      long high = planes[BATCH + i];
      block[4 * i] = (int) low;
      block[4 * i + 1] = (int) (low >>> 32);
      block[4 * i + 2] = (int) high;
      block[4 * i + 3] = (int) (high >>> 32);
    }
  }

  private static void rounds(long[] planes, int at, int first, long key, long step) {
    LongVector c0 = STEPS.add(first);
    LongVector c1 = LongVector.zero(LONGS);
    LongVector c2 = LongVector.broadcast(LONGS, step & LOW);
    LongVector c3 = LongVector.broadcast(LONGS, step >>> 32);
    LongVector m0 = LongVector.broadcast(LONGS, M0);
    LongVector m1 = LongVector.broadcast(LONGS, M1);
    int k0 = (int) key;
    int k1 = (int) (key >>> 32);
    for (int round = 0; round < 10; round++) {
      LongVector p0 = c0.and(LOW).mul(m0.and(LOW));
      LongVector p1 = c2.and(LOW).mul(m1.and(LOW));
      c0 = p1.lanewise(LSHR, 32).lanewise(XOR, c1).lanewise(XOR, k0 & LOW);
      c1 = p1.and(LOW);
      c2 = p0.lanewise(LSHR, 32).lanewise(XOR, c3).lanewise(XOR, k1 & LOW);
      c3 = p0.and(LOW);
      k0 += W0;
      k1 += W1;
    }
    c0.or(c1.lanewise(LSHL, 32)).intoArray(planes, at);
    c2.or(c3.lanewise(LSHL, 32)).intoArray(planes, BATCH + at);
  }

  /// `mask[e]`: whether half-word e is at least `threshold`, the low half of a word first.
  private static void threshold(byte[] mask, int at, int count, int[] block, int threshold) {
    int i = 0;
    for (; 2 * i <= count - 2 * Simd.LANES; i += Simd.LANES) {
      IntVector w = IntVector.fromArray(Simd.INTS, block, i);
      IntVector low = w.and(0xFFFF);
      IntVector high = w.lanewise(LSHR, 16);
      IntVector bits = IntVector.zero(Simd.INTS).blend(1, low.compare(GE, threshold));
      bits = bits.blend(bits.add(256), high.compare(GE, threshold));
      ShortVector pairs = (ShortVector) bits.convertShape(VectorOperators.I2S, SHORTS, 0);
      pairs.reinterpretAsBytes().intoArray(mask, at + 2 * i);
    }
    for (int e = 2 * i; e < count; e++) {
      int half = block[e / 2] >>> (16 * (e % 2)) & 0xFFFF;
      mask[at + e] = (byte) (half >= threshold ? 1 : 0);
    }
  }
}
