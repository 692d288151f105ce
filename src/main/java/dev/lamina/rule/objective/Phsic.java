package dev.lamina.rule.objective;

import dev.lamina.kernel.Kernels;
import dev.lamina.measure.Cosine;
import dev.lamina.measure.Gaussian;
import dev.lamina.measure.Linear;
import dev.lamina.measure.Similarity;
import dev.lamina.network.Block;
import dev.lamina.network.Learning;
import dev.lamina.network.Network;
import dev.lamina.network.Plan;
import dev.lamina.network.Reach;
import dev.lamina.network.Rule;
import dev.lamina.tensor.Draws;
import dev.lamina.tensor.Shape;
import java.util.Optional;

/// The kernelised bottleneck: a block compresses its activity and keeps what tells the label
/// (Pogodin & Latham 2020).
///
/// ```
/// v = centre(group(z))                     per group of neurons: a power of its variance
/// K_ij = k(v_i, v_j)     L_ij = l(y_i, y_j)
/// loss = pHSIC(K, K) - γ pHSIC(K, L)       pHSIC(A, B) = mean(A ∘ B) - mean(A) mean(B)
/// W ← optimizer(W, dloss/dW)               at once; the next block reads the z of before
/// ```
///
/// `z` `[n, ...]` is the block's activity before division and dropout, `v` `[n, groups]`, or `z`
/// itself without groups, `K`, `L` `[n, n]`. The same change as a product of three factors is
/// `ThreeFactor`.
///
/// A batch of one has loss and gradient 0. A batch of one class is compressed and nothing else. A
/// zero row is similar to nothing under the cosine.
///
/// Source: `specs/phsic.md`, sections 1-5 and 7.
///
/// @param kernel k, which compares activities
/// @param labels l, which compares labels
/// @param gamma γ, the weight of the label; 2 in every published row
/// @param estimate how kernels are centred
/// @param groups which variances are compared, in the place of the activity itself
/// @param center whether each sample's v has its own mean taken off
/// @param at the layer whose output is z; the last one before division and dropout if left out
public record Phsic(
    Kernel kernel,
    Labels labels,
    double gamma,
    Estimate estimate,
    Optional<Groups> groups,
    boolean center,
    Optional<String> at)
    implements Rule {

  /// What compares two samples.
  ///
  /// @param kind the formula
  /// @param sigma the width of a Gaussian, absolute; the others do not read it
  public record Kernel(Kind kind, double sigma) {
    /// The formula.
    public enum Kind {
      /// The cosine of the angle.
      COSINE,
      /// `exp(-‖a - b‖² / 2σ²)`.
      GAUSSIAN,
      /// `a · b`.
      LINEAR
    }

    /// The kernel for up to `capacity` samples. The Gaussian holds K - 1, which every estimate
    /// takes for K and which keeps its digits where all samples are close.
    Similarity on(Kernels k, int capacity) {
      return switch (kind) {
        case COSINE -> new Cosine(k, capacity);
        case GAUSSIAN -> Gaussian.lessOne(k, capacity, sigma);
        case LINEAR -> new Linear(k, capacity);
      };
    }
  }

  /// What compares two labels: one-hot rows under a kernel.
  ///
  /// @param kernel the kernel
  /// @param centered whether 1/classes is taken off each row first
  public record Labels(Kernel kernel, boolean centered) {}

  /// How kernels are centred.
  public enum Estimate {
    /// pHSIC: by the mean of all entries.
    PLAUSIBLE,
    /// HSIC: by the means of rows and columns.
    BIASED
  }

  /// Groups of neurons that answer with their variance, `v_g = ((δ + Σ x̄²) / n)^q`.
  ///
  /// @param count G; it must divide the channels, or the width of a dense layer
  /// @param power q; 1 - p where the block divides by the power p
  /// @param delta δ ≥ 0, the same as in the division
  public record Groups(int count, double power, double delta) {}

  @Override
  public String name() {
    return "phsic";
  }

  @Override
  public Reach reach() {
    return Reach.OWN;
  }

  @Override
  public void requireFits(Block block) {
    Shape z = LocalPlace.of(block, at).shape();
    groups.ifPresent(g -> requireGroups(g, z));
    if (center && groups.isEmpty() && z.rank() == 3) {
      throw new IllegalArgumentException(
          "centring needs groups on a map: over what should the mean of " + z + " be taken?");
    }
    if (center && kernel.kind() == Kernel.Kind.COSINE && axes(z) < 3) {
      throw new IllegalArgumentException(
          "centred cosine needs at least 3 groups but has "
              + axes(z)
              + ": of two numbers with mean 0 every cosine is 1 or -1, and nothing is learned");
    }
  }

  private int axes(Shape z) {
    return groups.map(Groups::count).orElse(z.size());
  }

  private static void requireGroups(Groups g, Shape z) {
    int channels = z.axis(-1);
    if (channels % g.count() != 0) {
      throw new IllegalArgumentException(
          g.count() + " groups do not divide the " + channels + " channels of " + z);
    }
    if (z.size() / g.count() < 2) {
      throw new IllegalArgumentException(
          "a group needs at least 2 neurons, but " + g.count() + " groups share " + z.size());
    }
  }

  @Override
  public Learning start(Network network, int block, Plan plan, Draws draws, Kernels kernels) {
    return new PhsicLearning(this, network, block, plan, kernels);
  }
}
