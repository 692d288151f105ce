package dev.lamina.rule.objective;

import dev.lamina.kernel.Kernels;
import dev.lamina.network.Block;
import dev.lamina.network.Learning;
import dev.lamina.network.Network;
import dev.lamina.network.Plan;
import dev.lamina.network.Reach;
import dev.lamina.network.Rule;
import dev.lamina.tensor.Draws;
import dev.lamina.tensor.Shape;
import java.util.Optional;

/// Layer-wise classification: every block has a small linear classifier of its own, and learns what
/// helps it.
///
/// ```
/// features = flatten(pool(z))     logits = features Pᵀ + b     loss = cross-entropy(logits, y)
/// P, b, W ← optimizer             at once; the error reaches z by P, or by fixed random numbers B
/// ```
///
/// `z` `[n, ...]` is the block's activity before division and dropout. A map of C channels is
/// pooled to a grid of about `projection` / C means; features are taken as they are. The classifier
/// lives in the state of the training and is not used to predict.
///
/// Source: `specs/phsic.md`, section 10; Nøkland & Eidnes 2019 for the idea.
///
/// @param projection features that the classifier of a map reads, at most
/// @param feedback what carries the error from the classifier to z
/// @param at the layer whose output is z; the last one before division and dropout if left out
public record LayerWise(int projection, Feedback feedback, Optional<String> at) implements Rule {
  /// What carries the error from the classifier to the activity.
  public enum Feedback {
    /// The classifier's own weights: the exact gradient.
    WEIGHTS,
    /// Random numbers that never change: feedback alignment.
    FIXED
  }

  @Override
  public String name() {
    return "layer-wise";
  }

  @Override
  public Reach reach() {
    return Reach.OWN;
  }

  @Override
  public void requireFits(Block block) {
    features(LocalPlace.of(block, at).shape());
  }

  /// What the classifier reads of an activity of shape `z`: `[h', w', c]` of a map, or all
  /// features.
  ///
  /// ```
  /// k = ⌊projection / c⌋     w' = ⌊√k⌋     h' = ⌊k / w'⌋
  /// ```
  ///
  /// @throws IllegalArgumentException if that is less than a mean of each channel, or more than z
  ///   has
  public Shape features(Shape z) {
    int channels = z.axis(-1);
    int cells = projection / channels;
    if (cells < 1) {
      throw new IllegalArgumentException(
          "a projection of " + projection + " is less than the " + channels + " channels of " + z);
    }
    if (z.rank() == 1) {
      return z;
    }
    int width = (int) StrictMath.sqrt(cells);
    int height = cells / width;
    if (height > z.axis(0) || width > z.axis(1)) {
      throw new IllegalArgumentException(
          "a projection of %d pools to %d x %d, more than %s has; choose a smaller one"
              .formatted(projection, height, width, z));
    }
    return Shape.of(height, width, channels);
  }

  @Override
  public Learning start(Network network, int block, Plan plan, Draws draws, Kernels kernels) {
    return new LayerWiseLearning(this, network, block, plan, draws, kernels);
  }
}
