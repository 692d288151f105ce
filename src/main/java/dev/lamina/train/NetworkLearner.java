package dev.lamina.train;

import dev.lamina.data.Dataset;
import dev.lamina.kernel.Kernels;
import dev.lamina.layer.Mode;
import dev.lamina.loss.Loss;
import dev.lamina.network.Block;
import dev.lamina.network.Evaluation;
import dev.lamina.network.Figures;
import dev.lamina.network.Learning;
import dev.lamina.network.Network;
import dev.lamina.network.Output;
import dev.lamina.network.Pass;
import dev.lamina.network.Plan;
import dev.lamina.network.Reach;
import dev.lamina.network.Rule;
import dev.lamina.network.Tap;
import dev.lamina.tensor.Draws;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The learner of a network of blocks: forward, errors if there are any, then each block's rule.
///
/// Blocks that need no error from above learn as soon as they went forward; the next block reads
/// their output as it was or computed anew, as the rule says. Blocks whose error comes from the
/// output learn when the last error has come down; it goes no lower than the lowest of them. All
/// other blocks run in evaluation mode, or as the phase says. Forward goes up to the highest block
/// that learns; there, without errors, to the last tap that its rule reads.
public final class NetworkLearner implements Learner {
  private final Network network;
  private final Kernels k;
  private final Loss loss;
  private final Phase phase;
  private final Mode learningMode;
  private final EvaluationPlan evaluation;
  private final Pass pass;
  private final Pass evaluationPass;
  private final int from;
  private final int top;
  private final @Nullable Learning[] learnings;
  private final boolean[] byError;
  private final int lowestError;
  private final Tap end;
  private final Tensor step;
  private final Tensor totals;
  private final List<Evaluation> evaluations = new ArrayList<>();
  private final Readings readings;
  private int samples;
  private int updates;

  /// A learner of one phase.
  ///
  /// @param from the block that data enter: 0, or the block above cached features
  /// @param samples size of the training set
  public NetworkLearner(
      Network network, Phase phase, int from, int samples, Kernels kernels, Draws draws) {
    this.network = network;
    this.loss = network.loss();
    this.phase = phase;
    this.learningMode = phase.statistics().mode();
    this.evaluation = phase.evaluation();
    this.k = kernels;
    this.from = from;
    int blocks = network.blocks().size();
    this.learnings = new Learning[blocks];
    this.byError = new boolean[blocks];
    this.top = highest(phase);
    this.pass =
        new Pass(network, kernels, draws, new Pass.Extent(from, top, phase.batch()), phase.name());
    this.evaluationPass =
        new Pass(
            network, kernels, draws, new Pass.Extent(from, top, evaluation.batch()), "evaluation");
    this.step = Tensor.zeros(network.type(), 2);
    this.totals = Tensor.zeros(network.type(), 2);
    start(phase, samples, draws);
    this.readings = new Readings(phase, network, kernels);
    this.lowestError = lowest();
    this.end = endOfForward();
    checkErrors(phase);
  }

  /// An error from the output stops at a block that learns in another way.
  private void checkErrors(Phase phase) {
    for (int b = Math.max(lowestError, 0); b <= top && lowestError >= 0; b++) {
      if (learnings[b] != null && !byError[b]) {
        throw new LaminaException(
            "phase '"
                + phase.name()
                + "' trains block '"
                + network.blocks().get(lowestError).name()
                + "' by an error from the output, but the error stops at block '"
                + network.blocks().get(b).name()
                + "', whose rule '"
                + network.blocks().get(b).rule().name()
                + "' sends none down: give the lower block another rule, or a phase of its own");
      }
    }
  }

  private int highest(Phase phase) {
    int highest = 0;
    for (String name : phase.blocks()) {
      int b = network.blockIndex(name);
      boolean byOutput = network.blocks().get(b).rule().reach() == Reach.ALL;
      highest = Math.max(highest, byOutput ? network.blocks().size() - 1 : b);
    }
    return highest;
  }

  private void start(Phase phase, int samples, Draws draws) {
    for (String name : phase.blocks()) {
      int b = network.blockIndex(name);
      Block block = network.blocks().get(b);
      Plan plan = phase.plan(samples, block.tuning());
      Learning learning = block.rule().start(network, b, plan, draws, k);
      learnings[b] = learning;
      byError[b] = block.rule().reach() == Reach.ALL;
      pass.path(b, learning.path());
      evaluationPass.path(b, learning.path());
      if (b == top) {
        evaluations.addAll(block.rule().evaluations(network, b));
      }
    }
  }

  /// Where a step's forward ends in the highest block: at the last tap that its rule reads, unless
  /// statistics of the data follow behind.
  private Tap endOfForward() {
    Learning learning = learnings[top];
    if (lowestError >= 0
        || learning == null
        || network.blocks().get(top).rule().reach() != Reach.NONE
        || network.blocks().get(top).hasStatisticsBehindPreActivation()) {
      return Tap.Y;
    }
    return learning.upTo();
  }

  private int lowest() {
    for (int b = 0; b < byError.length; b++) {
      if (byError[b]) {
        return b;
      }
    }
    return -1;
  }

  @Override
  public void step(Dataset data, int[] order, int at, int n, long epoch, long update) {
    pass.begin(n);
    data.batch(order, at, n, pass.input(), pass.labels());
    pass.clock(epoch, update);
    for (int b = from; b <= top; b++) {
      forward(b);
    }
    if (lowestError >= 0) {
      learnByError();
    } else {
      readings.read(pass, updates);
    }
    for (int b = from; b <= top; b++) {
      Learning learning = learnings[b];
      if (learning != null) {
        learning.between(pass);
      }
    }
    samples += n;
    updates++;
  }

  private void forward(int b) {
    Learning learning = learnings[b];
    if (learning == null) {
      pass.forward(b, b == top ? end : Tap.Y, phase.modeOfOthers(), false);
      return;
    }
    Rule rule = network.blocks().get(b).rule();
    learning.beforeForward(pass);
    pass.forward(b, b == top ? end : Tap.Y, learningMode, rule.reach() != Reach.NONE);
    if (byError[b]) {
      return;
    }
    if (phase.statistics() == RunningStatistics.PER_PASS) {
      moveStatisticsOfAll(b);
    }
    learning.learn(pass);
    if (rule.output() == Output.RECOMPUTED && b < top) {
      for (int changed = learning.changes(b); changed <= b; changed++) {
        pass.forward(changed, learningMode, rule.reach() != Reach.NONE);
      }
    }
  }

  /// The batch goes on from block `b` through the blocks above, and all running statistics move;
  /// the first time in a batch they also move in the forward itself.
  private void moveStatisticsOfAll(int b) {
    for (int above = b + 1; above <= top; above++) {
      boolean learns = learnings[above] != null;
      pass.forward(above, learns ? learningMode : phase.modeOfOthers(), false);
    }
    for (int any = from; any <= top; any++) {
      pass.again(any);
    }
  }

  private void learnByError() {
    loss.compute(k, step, pass.error(top, Tap.Y), pass.output(), pass.labels());
    k.addScaled(totals, 1, step);
    if (!Double.isFinite(step.get(0))) {
      throw diverged();
    }
    pass.backward(top, Tap.Y, lowestError);
    readings.read(pass, updates);
    for (int b = lowestError; b <= top; b++) {
      Learning learning = learnings[b];
      if (learning != null && byError[b]) {
        learning.learn(pass);
      }
    }
  }

  /// The error for a loss that is no number: it names the first tensor that is none either.
  private LaminaException diverged() {
    Tensor found = Tensor.zeros(network.type(), 1);
    String where = "the output of block '" + network.blocks().get(top).name() + "'";
    for (Network.Named named : network.tensors().reversed()) {
      k.firstNotFinite(found, named.parameter().value());
      where = found.get(0) >= 0 ? "'" + named.name() + "'" : where;
    }
    return new LaminaException(
        "the loss became "
            + step.get(0)
            + " at update "
            + pass.update()
            + " of epoch "
            + pass.epoch()
            + " (first in "
            + where
            + "); lower the learning rate or check the input data");
  }

  @Override
  public void evaluate(Dataset training, Dataset test, Figures out) {
    if (test.size() == 0) {
      return;
    }
    for (Evaluation e : evaluations) {
      if (e.needsTraining() || evaluation.training()) {
        show(training, e, true);
      }
      show(test, e, false);
      e.report(out);
    }
    if (answersWithClasses()) {
      measure(test, "test", out);
      if (evaluation.training()) {
        measure(training, "train", out);
      }
    }
  }

  /// Whether the outputs of the highest block stand for classes.
  private boolean answersWithClasses() {
    boolean unnamed = !evaluations.isEmpty();
    boolean last = top == network.blocks().size() - 1;
    return lowestError >= 0 || (last && !unnamed && network.blocks().get(top).rule().supervised());
  }

  private void measure(Dataset data, String set, Figures out) {
    Accuracy accuracy = new Accuracy(loss, network.output().size());
    show(data, accuracy, false);
    accuracy.report(set, evaluation.batchMeans(), out);
  }

  private void show(Dataset data, Evaluation e, boolean training) {
    int samples = Math.min(e.samples(training), data.size());
    for (int at = 0; at < samples; at += evaluation.batch()) {
      int n = Math.min(evaluation.batch(), samples - at);
      evaluationPass.begin(n);
      data.batch(at, n, evaluationPass.input(), evaluationPass.labels());
      for (int b = from; b <= top; b++) {
        evaluationPass.forward(b, evaluation.mode(), false);
      }
      e.observe(evaluationPass, training);
    }
  }

  /// Makes the running statistics of the learning blocks those of a whole data set, block by block,
  /// if the phase wants that.
  void refit(Dataset data) {
    for (int b = from; b <= top && phase.statistics() == RunningStatistics.REFIT; b++) {
      if (learnings[b] != null) {
        refit(data, b);
      }
    }
  }

  private void refit(Dataset data, int b) {
    int seen = 0;
    for (int at = 0; at < data.size(); at += evaluation.batch()) {
      int n = Math.min(evaluation.batch(), data.size() - at);
      if (n == 1) {
        return; // one sample has no variance
      }
      evaluationPass.begin(n);
      data.batch(at, n, evaluationPass.input(), evaluationPass.labels());
      evaluationPass.evaluate(from, b - 1);
      evaluationPass.forward(b, Mode.BATCH, false);
      seen += n;
      evaluationPass.pool(b, (double) n / seen);
    }
  }

  @Override
  public void figures(Figures out) {
    if (lowestError >= 0 && updates > 0) {
      out.put("train_loss", totals.get(0) / updates);
      out.put("train_accuracy", 100 * totals.get(1) / samples);
    }
    for (int b = from; b <= top; b++) {
      Learning learning = learnings[b];
      if (learning != null) {
        learning.figures(out);
      }
    }
    if (hasRead() && lowestError >= 0) {
      out.put("batch_loss", step.get(0));
      out.put("batch_accuracy", 100 * step.get(1) / pass.size());
    }
    readings.report(out);
  }

  /// Whether a probe has read the last batch: figures then tell of this batch alone, too.
  boolean hasRead() {
    return readings.hasRead();
  }

  @Override
  public void begin() {
    for (Learning learning : learnings) {
      if (learning != null) {
        learning.begin(pass);
      }
    }
  }

  @Override
  public void startEpoch() {
    k.fill(totals, 0);
    samples = 0;
    updates = 0;
    for (Learning learning : learnings) {
      if (learning != null) {
        learning.startEpoch();
      }
    }
  }

  @Override
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    state.put("totals", totals);
    for (int b = from; b <= top; b++) {
      Learning learning = learnings[b];
      if (learning != null) {
        String prefix = network.blocks().get(b).name() + ".rule.";
        learning.state().forEach((name, tensor) -> state.put(prefix + name, tensor));
      }
    }
    return state;
  }

  @Override
  public void restored() {
    for (Learning learning : learnings) {
      if (learning != null) {
        learning.restored();
      }
    }
  }

  /// Sets how many samples and updates of the running epoch are behind `totals`, after a resume.
  void resumed(int samplesBefore, int updatesBefore) {
    samples = samplesBefore;
    updates = updatesBefore;
  }
}
