package dev.lamina.testkit;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Philox;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;

/// Seeded numbers for tests; the seed of a run can be set by `-Dlamina.seed=N`.
///
/// @param seed the seed, for messages
/// @param kernels the tier that draws
/// @param type F32 or F64
public record Numbers(long seed, Kernels kernels, DType type) {
  /// Numbers of the run's seed.
  public static Numbers of(Kernels kernels, DType type) {
    return new Numbers(Long.getLong("lamina.seed", 1), kernels, type);
  }

  /// The same numbers from another seed.
  public Numbers next(long offset) {
    return new Numbers(seed + offset, kernels, type);
  }

  /// Standard normal numbers that depend on the name and the seed.
  public Tensor normal(String name, int... axes) {
    Tensor t = Tensor.zeros(type, axes);
    new Philox(seed, kernels).normal(t, name, 0);
    return t;
  }

  /// Numbers uniform in [0, 1).
  public Tensor uniform(String name, int... axes) {
    Tensor t = Tensor.zeros(type, axes);
    new Philox(seed, kernels).uniform(t, name, 0);
    return t;
  }

  /// Numbers in (-2, -1/4) and (1/4, 2) in random order, evenly spaced: far from 0 and apart.
  public Tensor apart(String name, int... axes) {
    Tensor t = Tensor.zeros(type, axes);
    Tensor order = Tensor.zeros(DType.I32, t.size());
    new Philox(seed, kernels).permutation(order, name, 0);
    for (int i = 0; i < t.size(); i++) {
      double place = (order.get(i) + 0.5) / t.size() * 3.5 - 1.75;
      t.set(i, place + Math.copySign(0.25, place));
    }
    return t;
  }

  /// Labels 0 … classes-1, evenly and in random order.
  public Tensor labels(String name, int n, int classes) {
    Tensor labels = Tensor.zeros(DType.I32, n);
    new Philox(seed, kernels).permutation(labels, name, 0);
    for (int i = 0; i < n; i++) {
      labels.set(i, labels.get(i) % classes);
    }
    return labels;
  }
}
