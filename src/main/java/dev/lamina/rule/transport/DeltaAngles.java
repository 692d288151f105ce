package dev.lamina.rule.transport;

import dev.lamina.kernel.Kernels;
import dev.lamina.layer.ErrorPath;
import dev.lamina.network.Block;
import dev.lamina.network.Evaluation;
import dev.lamina.network.Figures;
import dev.lamina.network.Network;
import dev.lamina.network.Pass;
import dev.lamina.network.Tap;
import dev.lamina.tensor.Tensor;
import java.util.Arrays;
import java.util.OptionalDouble;

/// How far the errors of hidden blocks are turned by the feedback, for the first samples of the
/// training set.
///
/// ```
/// δ_b = angle( (d W) ∘ f',  (d V) ∘ f' )      d the rule's own error at the projection above b
/// ```
///
/// A local angle: the way above is the rule's in both. `report` puts `BLOCK_delta_angle` in degrees
/// for every block below one with a feedback of its own; blocks without a projection, and errors
/// that are all zero, have none.
///
/// Source: `specs/weight-transport.md`, section 3.3.
public final class DeltaAngles implements Evaluation {
  private final Network network;
  private final int samples;
  private final OptionalDouble[] angles;

  /// Angles of this network.
  ///
  /// @param samples how many samples the error spans; 1 in the published figures
  public DeltaAngles(Network network, int samples) {
    this.network = network;
    this.samples = samples;
    this.angles = new OptionalDouble[network.blocks().size()];
    Arrays.fill(angles, OptionalDouble.empty());
  }

  @Override
  public boolean needsTraining() {
    return network.blocks().stream().anyMatch(DeltaAngles::turns);
  }

  @Override
  public int samples(boolean training) {
    return training && needsTraining() ? samples : 0;
  }

  private static boolean turns(Block block) {
    return block.rule() instanceof TransportRule
        && !(block.rule() instanceof Backprop)
        && block.projectionIndex() >= 0;
  }

  @Override
  public void observe(Pass pass, boolean training) {
    int from = pass.extent().from();
    int top = pass.extent().to();
    Kernels k = pass.kernels();
    Tensor figures = Tensor.zeros(network.type(), 2);
    network.loss().compute(k, figures, pass.error(top, Tap.Y), pass.output(), pass.labels());
    pass.backward(top, Tap.Y, from);
    for (int b = top; b > from; b--) {
      angles[b - 1] = OptionalDouble.empty();
      if (turns(network.blocks().get(b)) && network.blocks().get(b - 1).projectionIndex() >= 0) {
        angles[b - 1] = below(pass, b);
      }
    }
  }

  private static OptionalDouble below(Pass pass, int b) {
    Tensor error = pass.error(b - 1, Tap.U);
    Tensor sent = error.copy();
    ErrorPath path = pass.path(b);
    pass.path(b, ErrorPath.TRANSPOSE);
    pass.backward(b, Tap.U, b - 1);
    pass.path(b, path);
    OptionalDouble angle = Alignment.angle(error, sent);
    error.copyFrom(sent);
    return angle;
  }

  @Override
  public void report(Figures out) {
    for (int b = 0; b < angles.length; b++) {
      String name = network.blocks().get(b).name() + "_delta_angle";
      angles[b].ifPresent(angle -> out.put(name, angle));
    }
  }
}
