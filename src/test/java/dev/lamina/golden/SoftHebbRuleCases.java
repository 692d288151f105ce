package dev.lamina.golden;

import dev.lamina.kernel.Competition;
import dev.lamina.layer.Mode;
import dev.lamina.network.Kinds;
import dev.lamina.network.Plan;
import dev.lamina.network.Tap;
import dev.lamina.rule.plasticity.SoftHebbLearning;
import dev.lamina.tensor.Tensor;

/// The cases of the rule itself: competitions, single updates, trajectories of one layer.
final class SoftHebbRuleCases {
  private static final double NEVER_ZERO = 1e-30;

  private SoftHebbRuleCases() {}

  /// Row by row, so that the sum of shares over the rows is the share.
  static void competition(GoldenCase c) {
    Competition how = SoftHebbNetworks.competition(c.params(), c.params().flag("dense"));
    Tensor u = c.in("u");
    int neurons = u.axis(1);
    Tensor y = c.zeros(u.shape().axes());
    Tensor s = c.zeros(u.shape().axes());
    for (int row = 0; row < u.axis(0); row++) {
      Tensor sums = c.zeros(neurons);
      Tensor wins = c.zeros(4, neurons);
      c.kernels().compete(y.rows(row, row + 1), sums, wins, u.rows(row, row + 1), how, 1);
      s.rows(row, row + 1).copyFrom(wins.rows(0, 1));
    }
    c.check("y", y);
    c.check("s", s);
  }

  /// Updates of one layer: `x` is a list of batches, or one batch.
  static void plasticity(GoldenCase c) {
    Params layer = c.params();
    boolean dense = c.in("w").shape().rank() == 2;
    Tensor batches = batches(c);
    HebbianBlock block =
        HebbianBlock.of(
            c,
            layer,
            SoftHebbNetworks.rule(layer, dense),
            batches.shape().sample().sample(),
            batches.axis(1));
    for (int step = 0; step < batches.axis(0); step++) {
      update(c, block, batches, step);
    }
  }

  private static Tensor batches(GoldenCase c) {
    Tensor x = c.map("x");
    boolean one = x.shape().rank() == c.in("w").shape().rank();
    return one ? x.reshape(x.shape().batch(1)) : x;
  }

  private static void update(GoldenCase c, HebbianBlock block, Tensor batches, int step) {
    SoftHebbLearning learning = block.learning();
    block.pass().clock(0, step);
    block.forward(batch(batches, step), Mode.LEARN);
    Tensor u = block.pass().tap(0, Tap.U);
    checkMapIfRecorded(c, "u", u);
    checkIfRecorded(c, "eta", rate(c, learning, step));
    learning.learn(block.pass());
    checkMapIfRecorded(c, "delta", normalized(learning.delta(), learning.most()));
    checkIfRecorded(c, "y", block.pass().scratch(0, "y", u.shape()));
    if (c.hasOut("delta_b")) {
      Tensor change = learning.biasDelta().orElseThrow();
      Tensor most = c.zeros(1);
      c.kernels().largest(most, change);
      c.check("delta_b", normalized(change, most));
      c.check("b", block.bias());
    }
    checkWeights(c, block, "");
    checkWeights(c, block, "." + (step + 1));
    checkIfRecorded(c, "win." + (step + 1), learning.wins().rows(0, 1));
    checkIfRecorded(c, "eta_next", rate(c, learning, step + 1));
    checkIfRecorded(c, "eta_next." + (step + 1), rate(c, learning, step + 1));
  }

  private static Tensor batch(Tensor batches, int step) {
    return batches.rows(step, step + 1).reshape(batches.shape().sample());
  }

  private static void checkWeights(GoldenCase c, HebbianBlock block, String suffix) {
    checkIfRecorded(c, "w" + suffix, block.weights());
  }

  /// The rates of the coming update; one number if they follow a schedule.
  private static Tensor rate(GoldenCase c, SoftHebbLearning learning, int update) {
    if (c.params().flag("adaptive")) {
      return learning.eta();
    }
    Plan plan = SoftHebbNetworks.plan(c.params());
    Tensor rate = c.zeros(1);
    rate.set(
        0,
        Kinds.schedule(SoftHebbNetworks.schedule(c.params()), plan.epochs(), plan.ratio())
            .rate(c.params().number("lr"), 0, update));
    return rate;
  }

  private static Tensor normalized(Tensor change, Tensor most) {
    Tensor normalized = change.copy();
    int group = change.size() / most.size();
    for (int i = 0; i < change.size(); i++) {
      normalized.set(i, change.get(i) / (most.get(i / group) + NEVER_ZERO));
    }
    return normalized;
  }

  private static void checkIfRecorded(GoldenCase c, String name, Tensor got) {
    if (c.hasOut(name)) {
      c.check(name, got);
    }
  }

  private static void checkMapIfRecorded(GoldenCase c, String name, Tensor got) {
    if (c.hasOut(name)) {
      c.checkMap(name, got);
    }
  }

  /// The supervised rule; `u` is what the trained layer makes of the first batch.
  static void supervised(GoldenCase c) {
    Params layer = c.params();
    Tensor x = c.in("x");
    Tensor labels = c.in("t");
    HebbianBlock block =
        HebbianBlock.of(
            c,
            layer,
            SoftHebbNetworks.supervisedRule(layer),
            x.shape().sample().sample(),
            x.axis(1));
    for (int step = 0; step < x.axis(0); step++) {
      block.pass().clock(0, step);
      block.forward(batch(x, step), Mode.LEARN);
      block.pass().labels().copyFrom(labels.rows(step, step + 1));
      block.learning().learn(block.pass());
      checkWeights(c, block, "." + (step + 1));
    }
    block.forward(batch(x, 0), Mode.EVALUATE);
    c.check("u", block.pass().output());
  }
}
