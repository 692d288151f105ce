package dev.lamina.rule.transport;

import dev.lamina.kernel.Kernels;
import dev.lamina.network.Learning;
import dev.lamina.network.Network;
import dev.lamina.network.Pass;
import dev.lamina.network.Plan;
import dev.lamina.network.Reach;
import dev.lamina.network.Rule;
import dev.lamina.optim.Steps;
import dev.lamina.tensor.Draws;
import dev.lamina.tensor.Tensor;
import java.util.Map;

/// Back-propagation: the error comes down by the weights, an optimizer moves along the gradient.
///
/// ```
/// gW = Dᵀ X̂     gx = fold(D W)     W ← optimizer(W, gW)
/// ```
///
/// `D` `[n, .., out]` gradient of the pre-activation, `X̂` `[n, .., in]` patches, `W` `[out, in]`.
///
/// Source: Rumelhart, Hinton & Williams 1986.
public record Backprop() implements Rule {
  @Override
  public String name() {
    return "backprop";
  }

  @Override
  public Reach reach() {
    return Reach.ALL;
  }

  @Override
  public Learning start(Network network, int block, Plan plan, Draws draws, Kernels kernels) {
    Steps steps = plan.optimizer().start(network.blocks().get(block).parameters(), kernels);
    return new Learning() {
      @Override
      public void learn(Pass pass) {
        steps.step(plan.schedule().rate(plan.rate(), pass.epoch(), pass.update()));
      }

      @Override
      public Map<String, Tensor> state() {
        return steps.state();
      }
    };
  }
}
