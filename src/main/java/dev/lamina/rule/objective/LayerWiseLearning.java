package dev.lamina.rule.objective;

import dev.lamina.kernel.Kernels;
import dev.lamina.network.Block;
import dev.lamina.network.Figures;
import dev.lamina.network.Learning;
import dev.lamina.network.Network;
import dev.lamina.network.Pass;
import dev.lamina.network.Plan;
import dev.lamina.tensor.Draws;
import dev.lamina.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/// `LayerWise` at work on one block.
final class LayerWiseLearning implements Learning {
  private final LocalDescent descent;
  private final LocalClassifier classifier;

  LayerWiseLearning(
      LayerWise rule, Network network, int block, Plan plan, Draws draws, Kernels kernels) {
    Block home = network.blocks().get(block);
    LocalPlace place = LocalPlace.of(home, rule.at());
    this.classifier =
        new LocalClassifier(
            rule, place.shape(), network.type(), LocalDescent.classes(network, home), kernels);
    this.classifier.draw(draws, home.name() + ".classifier");
    this.descent =
        new LocalDescent(network, block, plan, place.tap(), classifier.parameters(), kernels);
  }

  @Override
  public void learn(Pass pass) {
    double loss = classifier.loss(descent.z(pass), pass.labels());
    descent.observe(pass, loss);
    if (descent.moves()) {
      classifier.gradient(descent.dz(pass));
      descent.step(pass);
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
    Map<String, Tensor> state = new LinkedHashMap<>(descent.state());
    classifier.state().forEach((name, tensor) -> state.put("classifier." + name, tensor));
    return state;
  }
}
