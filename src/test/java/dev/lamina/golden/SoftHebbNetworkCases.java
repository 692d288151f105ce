package dev.lamina.golden;

import dev.lamina.data.Dataset;
import dev.lamina.data.FeatureStore;
import dev.lamina.data.FeatureWriter;
import dev.lamina.kernel.Philox;
import dev.lamina.layer.Mode;
import dev.lamina.network.Described;
import dev.lamina.network.Figures;
import dev.lamina.network.Network;
import dev.lamina.network.Pass;
import dev.lamina.network.Settings;
import dev.lamina.network.Tap;
import dev.lamina.optim.Schedule;
import dev.lamina.rule.plasticity.WeightStatistics;
import dev.lamina.tensor.Draws;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import dev.lamina.train.EvaluationPlan;
import dev.lamina.train.Listener;
import dev.lamina.train.NetworkLearner;
import dev.lamina.train.Phase;
import dev.lamina.train.PostHocLoss;
import dev.lamina.train.Trainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// The cases of whole networks: `x` is a list of batches, `w0`, `w1`, ... are the Hebbian weights,
/// `wc`, `bc` those of the classifier.
final class SoftHebbNetworkCases {
  private static final String CLASSIFIER = "classifier";
  private static final String HEBBIAN = "hebbian";

  private final GoldenCase c;
  private final Tensor x;
  private final int hebbianBlocks;
  private final Network network;

  private SoftHebbNetworkCases(GoldenCase c, List<Params> blocks, List<String> weights) {
    this.c = c;
    this.x = c.map("x");
    this.hebbianBlocks = blocks.size();
    this.network = network(blocks, weights);
  }

  /// A case whose blocks are listed in its parameters.
  private static SoftHebbNetworkCases listed(GoldenCase c) {
    List<Params> blocks = c.params().objects("blocks");
    return new SoftHebbNetworkCases(
        c, blocks, IntStream.range(0, blocks.size()).mapToObj(b -> "w" + b).toList());
  }

  /// A case of one block.
  private static SoftHebbNetworkCases single(GoldenCase c) {
    return new SoftHebbNetworkCases(c, List.of(c.params().object("block")), List.of("w"));
  }

  private Network network(List<Params> blocks, List<String> weights) {
    List<Settings> described = new ArrayList<>();
    for (int b = 0; b < blocks.size(); b++) {
      described.add(SoftHebbNetworks.hebbian("b" + b, blocks.get(b), c.in(weights.get(b))));
    }
    if (c.hasIn("wc")) {
      described.add(SoftHebbNetworks.classifier(beforeClassifier(), c.in("wc")));
    }
    Network made = SoftHebbNetworks.build(c, x.shape().sample().sample(), described, 0);
    for (int b = 0; b < blocks.size(); b++) {
      Tensor w = c.in(weights.get(b));
      String kind = w.shape().rank() == 2 ? "dense" : "convolution";
      SoftHebbNetworks.set(made, "b" + b + "." + kind + ".weight", w);
    }
    if (c.hasIn("wc")) {
      SoftHebbNetworks.set(made, "classifier.dense.weight", c.in("wc"));
      SoftHebbNetworks.set(made, "classifier.dense.bias", c.in("bc"));
    }
    return made;
  }

  private List<Described> beforeClassifier() {
    List<Described> layers = new ArrayList<>(List.of(Described.of("flatten")));
    if (c.params().has("dropout")) {
      Settings p = Settings.empty().with("p", c.params().number("dropout"));
      layers.add(new Described("dropout", p));
    }
    return layers;
  }

  // ---- forward alone

  static void blocks(GoldenCase c) {
    SoftHebbNetworkCases n = listed(c);
    Pass pass = n.pass(n.batch(0));
    for (int b = 0; b < n.hebbianBlocks; b++) {
      pass.forward(b, Mode.LEARN, false);
      c.checkMap("train." + (b + 1), pass.tap(b, Tap.Y));
    }
    for (int b = 0; b < n.hebbianBlocks; b++) {
      pass.forward(b, Mode.EVALUATE, false);
      c.checkMap("eval." + (b + 1), pass.tap(b, Tap.Y));
    }
  }

  static void random(GoldenCase c) {
    SoftHebbNetworkCases n = listed(c);
    c.checkMap("features", n.evaluated(n.hebbianBlocks - 1, 0));
  }

  // ---- Hebbian blocks alone

  static void consecutive(GoldenCase c) {
    SoftHebbNetworkCases n = listed(c);
    n.train(List.of(n.hebbian(HEBBIAN, n.hebbianNames())));
    n.checkHebbian();
  }

  static void greedy(GoldenCase c) {
    SoftHebbNetworkCases n = listed(c);
    n.train(n.hebbianNames().stream().map(name -> n.hebbian(name, List.of(name))).toList());
    n.checkHebbian();
  }

  private void train(List<Phase> phases) {
    Dataset data = dataset(x, unlabelled(x));
    Trainer.Job job = new Trainer.Job(network, phases, data, data, Path.of(""));
    Listener checks =
        new Listener() {
          @Override
          public void stepped(Trainer trainer) {
            checkWeights(trainer.steps());
          }
        };
    new Trainer(job, c.kernels(), new RecordedDraws(Map.of()), checks).run();
  }

  private void checkWeights(long updates) {
    for (int b = 0; b < hebbianBlocks; b++) {
      String name = "w" + b + "." + updates;
      if (c.hasOut(name)) {
        c.check(name, weights(b));
      }
    }
  }

  private Tensor weights(int b) {
    String kind = network.blocks().get(b).projection().kind();
    return SoftHebbNetworks.get(network, "b" + b + "." + kind + ".weight");
  }

  private void checkHebbian() {
    for (int b = 0; b < hebbianBlocks; b++) {
      c.check("rm" + b, SoftHebbNetworks.get(network, "b" + b + ".batch-norm.running-mean"));
      c.check("rv" + b, SoftHebbNetworks.get(network, "b" + b + ".batch-norm.running-variance"));
      Tensor w = network.blocks().get(b).projection().weight().value();
      List<Double> norms = WeightStatistics.of(w, 2).norms();
      c.check("norm" + b, Tensor.of(norms.stream().mapToDouble(Double::doubleValue).toArray()));
    }
    c.checkMap("features", evaluated(hebbianBlocks - 1, 0));
  }

  // ---- with a classifier

  /// After the Hebbian phase, each epoch of the classifier is one batch, the batches in turn.
  static void classifier(GoldenCase c) {
    SoftHebbNetworkCases n = listed(c);
    n.train(List.of(n.hebbian(HEBBIAN, n.hebbianNames())));
    int epochs = c.params().integer("epochs");
    Schedule halving = new Schedule.Halving(epochs);
    Phase phase = n.phase(CLASSIFIER, List.of(CLASSIFIER), epochs, Described.of("halving"));
    Tensor images = c.map("xs");
    Dataset data = n.dataset(images, c.in("t"));
    NetworkLearner learner = n.learner(phase, data);
    Tensor rates = c.zeros(epochs);
    for (int e = 0; e < epochs; e++) {
      n.step(learner, data, e % images.axis(0), e, e);
      n.checkClassifier(learner, "." + (e + 1));
      rates.set(e, halving.rate(c.params().number("lr"), e, e));
    }
    c.check("lr", rates);
  }

  static void simultaneous(GoldenCase c) {
    SoftHebbNetworkCases n = listed(c);
    List<String> all = new ArrayList<>(n.hebbianNames());
    all.add(CLASSIFIER);
    n.learnAlong(n.phase(CLASSIFIER, all, 1, Described.of("constant")));
    c.check("rm", SoftHebbNetworks.get(n.network, "b0.batch-norm.running-mean"));
    c.check("rv", SoftHebbNetworks.get(n.network, "b0.batch-norm.running-variance"));
    c.check("logits", n.evaluated(n.hebbianBlocks, 0));
  }

  /// The Hebbian block first, then the classifier on the same batches; `features` are those of the
  /// last one.
  static void mlp(GoldenCase c) {
    SoftHebbNetworkCases n = single(c);
    n.train(List.of(n.hebbian(HEBBIAN, n.hebbianNames())));
    c.check("w", n.weights(0));
    c.check("features", n.evaluated(0, n.x.axis(0) - 1));
    n.learnAlong(n.phase(CLASSIFIER, List.of(CLASSIFIER), 1, Described.of("constant")));
    c.check("wc", SoftHebbNetworks.get(n.network, "classifier.dense.weight"));
    c.check("bc", SoftHebbNetworks.get(n.network, "classifier.dense.bias"));
  }

  /// The Hebbian block learns under a fixed classifier.
  static void postHoc(GoldenCase c) {
    SoftHebbNetworkCases n = single(c);
    Dataset data = n.dataset(n.x, c.in("t"));
    Phase phase = n.hebbian(HEBBIAN, n.hebbianNames());
    List<PostHocLoss.Point> curve =
        new PostHocLoss(n.network).curve(data, phase, c.kernels(), new RecordedDraws(Map.of()));
    for (int i = 0; i < curve.size(); i++) {
      String suffix = "." + (i + 1);
      c.check("loss" + suffix, Tensor.of(new double[] {curve.get(i).loss()}));
      c.check("correct" + suffix, Tensor.of(new int[] {curve.get(i).correct()}));
      c.check("convergence" + suffix, Tensor.of(new double[] {curve.get(i).convergence()}));
    }
  }

  /// One epoch over the batches with their labels.
  private void learnAlong(Phase phase) {
    Dataset data = dataset(x, c.in("t"));
    NetworkLearner learner = learner(phase, data);
    for (int update = 0; update < x.axis(0); update++) {
      step(learner, data, update, 0, update);
      checkClassifier(learner, "." + (update + 1));
      checkWeights(update + 1);
    }
  }

  private NetworkLearner learner(Phase phase, Dataset data) {
    return new NetworkLearner(network, phase, 0, data.size(), c.kernels(), masks());
  }

  /// The recorded masks; those of one batch were recorded over a flattened map.
  private Draws masks() {
    if (!c.hasIn("mask")) {
      return new RecordedDraws(Map.of());
    }
    Tensor masks = c.in("mask");
    Tensor inside =
        network.blocks().getLast().projection().weight().layout().toInside(masks, masks.shape());
    List<Tensor> steps =
        IntStream.range(0, masks.axis(0)).mapToObj(s -> inside.rows(s, s + 1)).toList();
    return new RecordedDraws(Map.of(CLASSIFIER + ".classifier.dropout", steps));
  }

  private void step(NetworkLearner learner, Dataset data, int batch, long epoch, long update) {
    int size = x.axis(1);
    int[] order = IntStream.range(0, data.size()).toArray();
    learner.startEpoch();
    learner.step(data, order, batch * size, size, epoch, update);
  }

  private void checkClassifier(NetworkLearner learner, String suffix) {
    Figures figures = new Figures();
    learner.figures(figures);
    Tensor loss = Tensor.of(new double[] {figures.values().get("train_loss")});
    checkIfRecorded("loss" + suffix, loss);
    checkIfRecorded("wc" + suffix, SoftHebbNetworks.get(network, "classifier.dense.weight"));
    checkIfRecorded("bc" + suffix, SoftHebbNetworks.get(network, "classifier.dense.bias"));
  }

  private void checkIfRecorded(String name, Tensor got) {
    if (c.hasOut(name)) {
      c.check(name, got);
    }
  }

  // ---- parts

  private List<String> hebbianNames() {
    return IntStream.range(0, hebbianBlocks).mapToObj(b -> "b" + b).toList();
  }

  private Phase hebbian(String name, List<String> blocks) {
    return new Phase(
        name,
        blocks,
        1,
        x.axis(1),
        false,
        false,
        Described.of("sgd"),
        1,
        Described.of("constant"),
        EvaluationPlan.EVERY_EPOCH);
  }

  private Phase phase(String name, List<String> blocks, int epochs, Described schedule) {
    return new Phase(
        name,
        blocks,
        epochs,
        x.axis(1),
        false,
        false,
        Described.of("adam"),
        c.params().number("lr"),
        schedule,
        EvaluationPlan.EVERY_EPOCH);
  }

  private Tensor batch(int i) {
    return x.rows(i, i + 1).reshape(x.shape().sample());
  }

  private Pass pass(Tensor batch) {
    Pass.Extent all = new Pass.Extent(0, network.blocks().size() - 1, batch.axis(0));
    Pass pass = new Pass(network, c.kernels(), new Philox(0, c.kernels()), all, "golden");
    pass.begin(batch.axis(0));
    pass.input().copyFrom(batch);
    return pass;
  }

  /// What a block makes of a batch in evaluation mode.
  private Tensor evaluated(int block, int batch) {
    Pass pass = pass(batch(batch));
    pass.evaluate(0, block);
    return pass.tap(block, Tap.Y);
  }

  private static Tensor unlabelled(Tensor batches) {
    int[] none = new int[batches.axis(0) * batches.axis(1)];
    Arrays.fill(none, -1);
    return Tensor.of(none);
  }

  private Dataset dataset(Tensor batches, Tensor labels) {
    return dataset(c, batches, labels);
  }

  /// The samples of all batches in their order and type.
  static Dataset dataset(GoldenCase c, Tensor batches, Tensor labels) {
    int samples = batches.axis(0) * batches.axis(1);
    Shape sample = batches.shape().sample().sample();
    int[] classes = IntStream.range(0, samples).map(i -> (int) labels.get(i)).toArray();
    try (FeatureWriter writer = FeatureStore.inMemory(c.type(), sample)) {
      writer.append(batches.reshape(sample.batch(samples)), samples);
      return Dataset.of(new float[samples][1], classes).withFeatures(writer.finish());
    }
  }
}
