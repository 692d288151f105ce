package dev.lamina.kernel;

/// The generator MT19937, with the sequences that published runs were started from.
///
/// ```
/// s_0 = seed,  s_i = 1812433253 (s_{i-1} xor s_{i-1} >> 30) + i    (mod 2³²)
/// ```
///
/// Its numbers depend on what was drawn before, so it serves initial weights and splits that must
/// match a published run, and nothing else: all other numbers come from `Draws`. Not thread-safe.
///
/// Source: Matsumoto and Nishimura 1998; specs/hsic-bottleneck.md, section 6.5; specs/phsic.md,
/// section 12.
public final class MersenneTwister {
  private static final int N = 624;
  private static final int M = 397;
  private static final int UPPER = 0x8000_0000;
  private static final int LOWER = 0x7FFF_FFFF;
  private static final int MATRIX = 0x9908_B0DF;

  private final int[] state = new int[N];
  private int next = N;

  /// The sequence of a seed, a word of 32 bits.
  public MersenneTwister(int seed) {
    state[0] = seed;
    for (int i = 1; i < N; i++) {
      state[i] = 1_812_433_253 * (state[i - 1] ^ state[i - 1] >>> 30) + i;
    }
  }

  /// The next 32 bits.
  public int word() {
    if (next == N) {
      twist();
    }
    int y = state[next++];
    y ^= y >>> 11;
    y ^= y << 7 & 0x9D2C_5680;
    y ^= y << 15 & 0xEFC6_0000;
    return y ^ y >>> 18;
  }

  private void twist() {
    for (int i = 0; i < N; i++) {
      int y = (state[i] & UPPER) | (state[(i + 1) % N] & LOWER);
      state[i] = state[(i + M) % N] ^ y >>> 1 ^ ((y & 1) == 0 ? 0 : MATRIX);
    }
    next = 0;
  }

  /// The next number of 24 bits in [0, 1): `(word & 0xFFFFFF) / 2²⁴`.
  public double uniform() {
    return (word() & 0xFF_FFFF) * 0x1p-24;
  }

  /// A permutation of 0 … n-1 as NumPy's legacy generator draws it: for k = n-1 … 1, words masked
  /// to the bit length of k until one is at most k, then the two change places.
  public int[] permutation(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    for (int k = n - 1; k > 0; k--) {
      int j = atMost(k);
      int kept = order[k];
      order[k] = order[j];
      order[j] = kept;
    }
    return order;
  }

  private int atMost(int k) {
    int mask = -1 >>> Integer.numberOfLeadingZeros(k);
    int j = word() & mask;
    while (j > k) {
      j = word() & mask;
    }
    return j;
  }
}
