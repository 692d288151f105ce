package dev.lamina.rule.transport;

import dev.lamina.kernel.Kernels;
import dev.lamina.layer.ErrorPath;
import dev.lamina.layer.Parameter;
import dev.lamina.layer.Projection;
import dev.lamina.network.Block;
import dev.lamina.network.Figures;
import dev.lamina.network.Learning;
import dev.lamina.network.Network;
import dev.lamina.network.Pass;
import dev.lamina.network.Plan;
import dev.lamina.optim.Steps;
import dev.lamina.tensor.Draws;
import dev.lamina.tensor.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A rule of the family at work on one block: descent along the gradients, and what its options ask
/// for.
public final class TransportLearning implements Learning {
  private final TransportOptions options;
  private final Plan plan;
  private final Kernels k;
  private final Way way;
  private final Clip clip;
  private final List<Junction> junctions = new ArrayList<>();
  private final List<Feedback> feedbacks = new ArrayList<>();
  private final List<NormConstraint> constraints = new ArrayList<>();
  private final List<Parameter> parameters = new ArrayList<>();
  private final List<Parameter> slow = new ArrayList<>();
  private final List<Parameter> clipped = new ArrayList<>();
  private final Steps steps;
  private final Steps slowSteps;
  private final String home;

  TransportLearning(
      TransportRule rule, Network network, int block, Plan plan, Draws draws, Kernels kernels) {
    this.options = rule.options();
    this.plan = plan;
    this.k = kernels;
    Block learner = network.blocks().get(block);
    this.home = learner.name();
    this.clip = new Clip(kernels, network.type());
    IdentityHashMap<Projection, ErrorPath> paths = new IdentityHashMap<>();
    parameters.addAll(learner.parameters());
    learner
        .projections()
        .forEach((name, p) -> {
          int classes = network.output().size();
          Junction at = new Junction(home, name, p, classes, plan, draws, kernels);
          Feedback feedback = rule.feedback(at);
          paths.put(p, feedback);
          settle(at, feedback);
        });
    this.way = new Way(paths, options.clip() ? clip : null);
    parameters.removeAll(slow);
    this.steps = plan.optimizer().start(parameters, kernels);
    this.slowSteps = plan.optimizer().start(slow, kernels);
  }

  private void settle(Junction at, Feedback feedback) {
    junctions.add(at);
    feedbacks.add(feedback);
    parameters.addAll(feedback.learned());
    List<Parameter> own = at.projection().parameters();
    if (options.biasRate() == TransportOptions.BiasRate.OVER_BATCH) {
      slow.addAll(own.subList(1, own.size()));
    }
    if (options.clip()) {
      clipped.addAll(own);
    }
    if (options.constrain()) {
      constraints.add(new NormConstraint(at.w(), k));
    }
  }

  @Override
  public ErrorPath path() {
    return way;
  }

  @Override
  public void begin(Pass pass) {
    for (int i = 0; i < feedbacks.size(); i++) {
      feedbacks.get(i).begin();
    }
  }

  @Override
  public void beforeForward(Pass pass) {
    for (int i = 0; i < constraints.size(); i++) {
      constraints.get(i).apply();
    }
    for (int i = 0; i < feedbacks.size(); i++) {
      feedbacks.get(i).beforeForward(pass);
    }
  }

  @Override
  public void learn(Pass pass) {
    for (int i = 0; i < clipped.size(); i++) {
      clip.hold(clipped.get(i).gradient());
    }
    for (int i = 0; i < feedbacks.size(); i++) {
      feedbacks.get(i).beforeStep();
    }
    double rate = plan.schedule().rate(plan.rate(), pass.epoch(), pass.update());
    steps.step(rate);
    if (!slow.isEmpty()) {
      slowSteps.step(rate / plan.batch());
    }
    if (options.decayPerUpdate() != 1) {
      decay(parameters);
      decay(slow);
    }
  }

  private void decay(List<Parameter> all) {
    for (int i = 0; i < all.size(); i++) {
      k.affine(all.get(i).value(), all.get(i).value(), options.decayPerUpdate(), 0);
    }
  }

  @Override
  public void between(Pass pass) {
    for (int i = 0; i < feedbacks.size(); i++) {
      feedbacks.get(i).between(pass);
    }
  }

  @Override
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>(steps.state());
    if (!slow.isEmpty()) {
      slowSteps.state().forEach((name, t) -> state.put("bias." + name, t));
    }
    for (int i = 0; i < feedbacks.size(); i++) {
      String layer = junctions.get(i).layer();
      feedbacks.get(i).state().forEach((name, t) -> state.put(layer + "." + name, t));
      if (options.constrain()) {
        state.put(layer + ".norm", constraints.get(i).norm());
      }
    }
    return state;
  }

  @Override
  public void restored() {
    feedbacks.forEach(Feedback::restored);
  }

  /// The feedback of each projection of the block, from input to output.
  public List<Feedback> feedbacks() {
    return List.copyOf(feedbacks);
  }

  /// Puts, for each projection with a feedback of its own, `NAME_weight_angle` (degrees between W
  /// and V, where both have one shape) and `NAME_norm_ratio` (|V| / |W|); a zero norm has neither.
  /// NAME is the block's, followed by the layer's if the block has several projections.
  @Override
  public void figures(Figures out) {
    for (int i = 0; i < feedbacks.size(); i++) {
      Tensor v = feedbacks.get(i).measured();
      if (v != null) {
        Tensor w = junctions.get(i).w();
        String layer = junctions.get(i).layer().replaceAll("[.-]", "_");
        String name = feedbacks.size() == 1 ? home : home + "_" + layer;
        if (v.shape().equals(w.shape())) {
          Alignment.angle(w, v).ifPresent(angle -> out.put(name + "_weight_angle", angle));
        }
        Alignment.ratio(w, v).ifPresent(ratio -> out.put(name + "_norm_ratio", ratio));
      }
    }
  }
}
