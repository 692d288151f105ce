package dev.lamina.data;

import dev.lamina.kernel.MersenneTwister;
import dev.lamina.tensor.Draws;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Which samples of a training set are held out for validation.
///
/// Both parts stay in the order of the whole.
public sealed interface HeldOut {
  /// A share drawn at random (`Dataset.split`).
  ///
  /// @param share in [0, 1), rounded to whole samples
  record Share(double share) implements HeldOut {
    @Override
    public Split of(Dataset whole, Draws draws) {
      return whole.split(share, draws);
    }
  }

  /// The last samples of the set.
  ///
  /// @param samples how many
  record Last(int samples) implements HeldOut {
    @Override
    public Split of(Dataset whole, Draws draws) {
      int n = whole.size();
      int first = n - Math.min(samples, n);
      return whole.split(IntStream.range(first, n).toArray());
    }
  }

  /// The first ⌊share · n⌋ entries of the permutation that NumPy's legacy generator draws.
  ///
  /// Source: specs/phsic.md, section 12.
  ///
  /// @param seed of that generator; the run's own does not matter
  /// @param share in [0, 1)
  record NumpyLegacy(int seed, double share) implements HeldOut {
    @Override
    public Split of(Dataset whole, Draws draws) {
      int[] order = new MersenneTwister(seed).permutation(whole.size());
      return whole.split(Arrays.copyOf(order, (int) Math.floor(share * order.length)));
    }
  }

  /// What remains to learn from (`train`), and the held-out part (`test`).
  Split of(Dataset whole, Draws draws);
}
