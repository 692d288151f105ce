package dev.lamina.rule.objective;

import dev.lamina.kernel.Kernels;
import dev.lamina.network.Block;
import dev.lamina.network.Figures;
import dev.lamina.network.Learning;
import dev.lamina.network.Network;
import dev.lamina.network.Pass;
import dev.lamina.network.Plan;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Tensor;
import java.util.List;
import java.util.Map;

/// `Phsic` at work on one block; the letters are those of its equations.
final class PhsicLearning implements Learning {
  /// A mean similarity below this means that the width does not fit.
  private static final double NOTHING_IS_ALIKE = 1e-6;

  private static final System.Logger LOG = System.getLogger(PhsicLearning.class.getName());

  private final LocalDescent descent;
  private final LocalObjective objective;
  private final BatchLabels labels;
  private final Phsic.Kernel kernel;

  PhsicLearning(Phsic rule, Network network, int block, Plan plan, Kernels kernels) {
    Block home = network.blocks().get(block);
    LocalPlace place = LocalPlace.of(home, rule.at());
    int classes = LocalDescent.classes(network, home);
    this.descent = new LocalDescent(network, block, plan, place.tap(), List.of(), kernels);
    this.objective = new LocalObjective(rule, place.shape(), classes, plan.batch(), kernels);
    this.kernel = rule.kernel();
    this.labels = new BatchLabels(rule, objective);
  }

  @Override
  public void learn(Pass pass) {
    double loss = loss(pass, descent.z(pass)); //       pHSIC(K, K) - γ pHSIC(K, L)
    descent.observe(pass, loss);
    if (pass.update() == 0) {
      warnOfWidth();
    }
    if (descent.moves()) {
      objective.gradient(descent.dz(pass)); //          dloss/dz
      descent.step(pass); //                            W ← optimizer(W, dloss/dW)
    }
  }

  private double loss(Pass pass, Tensor z) {
    try {
      return objective.loss(z, labels.of(pass));
    } catch (LaminaException e) {
      throw descent.stopped(pass, String.valueOf(e.getMessage()));
    }
  }

  private void warnOfWidth() {
    if (kernel.kind() == Phsic.Kernel.Kind.GAUSSIAN
        && objective.meanSimilarity() < NOTHING_IS_ALIKE) {
      LOG.log(
          System.Logger.Level.WARNING,
          "block ''{0}'': all samples of the first batch are farther apart than a Gaussian of width {1}"
              + " sees, so it learns nothing; choose a larger sigma",
          descent.name(),
          kernel.sigma());
    }
  }

  @Override
  public void startEpoch() {
    descent.startEpoch();
  }

  @Override
  public void figures(Figures out) {
    descent.figures(out);
  }

  @Override
  public Map<String, Tensor> state() {
    return descent.state();
  }
}
