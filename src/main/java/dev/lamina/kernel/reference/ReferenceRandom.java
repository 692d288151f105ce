package dev.lamina.kernel.reference;

import dev.lamina.tensor.Tensor;

/// The generator Philox 4x32-10.
///
/// Source: Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3".
final class ReferenceRandom {
  private static final int ROUNDS = 10;
  private static final long MULTIPLIER_0 = 0xD2511F53L;
  private static final long MULTIPLIER_1 = 0xCD9E8D57L;
  private static final int KEY_STEP_0 = 0x9E3779B9;
  private static final int KEY_STEP_1 = 0xBB67AE85;
  private static final long LOW = 0xFFFFFFFFL;

  private ReferenceRandom() {}

  /// The four words of one counter of four words under a key of two.
  static int[] block(int[] counter, int[] key) {
    int[] c = counter.clone();
    for (int round = 0; round < ROUNDS; round++) {
      long p0 = MULTIPLIER_0 * (c[0] & LOW);
      long p1 = MULTIPLIER_1 * (c[2] & LOW);
      int k0 = key[0] + round * KEY_STEP_0;
      int k1 = key[1] + round * KEY_STEP_1;
      c = new int[] {high(p1) ^ c[1] ^ k0, (int) p1, high(p0) ^ c[3] ^ k1, (int) p0};
    }
    return c;
  }

  private static int high(long product) {
    return (int) (product >>> 32);
  }

  static void words(Tensor words, long key, long step) {
    int[] all = words(words.size(), key, step);
    System.arraycopy(all, 0, words.ints(), words.offset(), words.size());
  }

  static void mask(Tensor mask, double p, long key, long step) {
    int[] words = words((mask.size() + 1) / 2, key, step);
    long limit = Math.round(0x1p16 * p);
    for (int e = 0; e < mask.size(); e++) {
      int half = (e % 2 == 0 ? words[e / 2] : words[e / 2] >>> 16) & 0xFFFF;
      mask.set(e, half >= limit ? 1 : 0);
    }
  }

  private static int[] words(int count, long key, long step) {
    int[] words = new int[count];
    int[] k = {(int) key, high(key)};
    for (int at = 0; at < count; at += 4) {
      int[] four = block(new int[] {at / 4, 0, (int) step, high(step)}, k);
      System.arraycopy(four, 0, words, at, Math.min(4, count - at));
    }
    return words;
  }
}
