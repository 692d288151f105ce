package dev.lamina.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.lamina.data.Dataset;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Philox;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.network.Described;
import dev.lamina.network.Network;
import dev.lamina.network.NetworkBuilder;
import dev.lamina.network.Pass;
import dev.lamina.network.Settings;
import dev.lamina.network.Weights;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Draws;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import dev.lamina.testkit.Close;
import dev.lamina.testkit.Numbers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The properties of trainings in `specs/softhebb.md`, sections 25 and 26.
class TrainingPropertiesTest {
  private static final Kernels K = new ReferenceKernels();
  private static final Numbers NUMBERS = Numbers.of(K, DType.F64);
  private static final Draws DRAWS = new Philox(NUMBERS.seed(), K);
  private static final Shape IMAGE = Shape.of(6, 6, 2);
  private static final int CLASSES = 3;
  private static final int SAMPLES = 11;
  private static final int BATCH = 4;

  private final Network network = network();
  private final Dataset data = data();

  private static Network network() {
    List<Described> maps =
        List.of(
            Described.of("batch-norm"),
            new Described(
                "convolution",
                Settings.empty()
                    .with("outputs", 4)
                    .with("kernel", 3)
                    .with("initial", new Described("normal-radius", Settings.empty()))),
            Described.of("triangle"));
    List<Described> head =
        List.of(Described.of("flatten"), Described.of("dropout"), Described.of("dense"));
    Settings hebbian =
        Settings.empty()
            .with("name", "b1")
            .with("layers", maps)
            .with("rule", Described.of("soft-hebb"));
    Settings description =
        Settings.empty()
            .with("type", "f64")
            .with(
                "blocks",
                List.of(hebbian, Settings.empty().with("name", "head").with("layers", head)));
    return new NetworkBuilder(DRAWS, K).build(description, IMAGE, CLASSES);
  }

  private static Dataset data() {
    Tensor x = NUMBERS.uniform("images", SAMPLES, IMAGE.size());
    Tensor labels = NUMBERS.labels("labels", SAMPLES, CLASSES);
    float[] values = new float[x.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) x.get(i);
    }
    int[] classes = new int[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      classes[i] = (int) labels.get(i);
    }
    return Dataset.of(values, Shape.of(2, 6, 6), classes);
  }

  private static Phase phase(String block, int epochs, boolean dropLast) {
    return new Phase(
        block,
        List.of(block),
        epochs,
        BATCH,
        true,
        dropLast,
        Described.of("adam"),
        0.01,
        Described.of("constant"),
        EvaluationPlan.AT_THE_END);
  }

  private Trainer train(Network net, Phase... phases) {
    Trainer.Job job = new Trainer.Job(net, List.of(phases), data, data, Path.of(""));
    Trainer trainer = new Trainer(job, K, DRAWS, Listener.SILENT);
    trainer.run();
    return trainer;
  }

  @Test
  void evaluationChangesNothingAndRepeatsItself() {
    train(network, phase("b1", 1, false));
    String before = Weights.sha256(network);
    Pass pass = new Pass(network, K, DRAWS, new Pass.Extent(0, 1, SAMPLES), "evaluation");
    double[] first = evaluate(pass);
    assertArrayEquals(first, evaluate(pass));
    assertEquals(before, Weights.sha256(network));
  }

  private double[] evaluate(Pass pass) {
    pass.begin(SAMPLES);
    data.batch(0, SAMPLES, pass.input(), pass.labels());
    pass.evaluate(0, 1);
    return pass.output().toDoubles();
  }

  @Test
  void cachedFeaturesTrainAsRecomputedOnes() {
    int epochs = 3;
    Network recomputing = network();
    train(network, phase("head", epochs, false)); // more than one epoch: features are cached
    Phase phase = phase("head", epochs, false);
    NetworkLearner learner = new NetworkLearner(recomputing, phase, 0, SAMPLES, K, DRAWS);
    int[] order = new int[SAMPLES];
    long update = 0;
    for (int epoch = 0; epoch < epochs; epoch++) {
      phase.order(order, epoch, DRAWS);
      for (int at = 0; at < SAMPLES; at += BATCH) {
        learner.step(data, order, at, Math.min(BATCH, SAMPLES - at), epoch, update++);
      }
    }
    for (int i = 0; i < network.tensors().size(); i++) {
      Close.verify(
          network.tensors().get(i).name() + ", seed " + NUMBERS.seed(),
          recomputing.tensors().get(i).parameter().value(),
          network.tensors().get(i).parameter().value());
    }
    assertNotEquals(Weights.sha256(network()), Weights.sha256(network), "nothing was learned");
  }

  @Test
  void theShortLastBatchOfAnEpochIsUsedUnlessItIsDropped() {
    Trainer all = train(network(), phase("b1", 1, false));
    Trainer dropping = train(network(), phase("b1", 1, true));
    assertEquals((SAMPLES + BATCH - 1) / BATCH, all.steps());
    assertEquals(SAMPLES / BATCH, dropping.steps());
  }

  /// `specs/softhebb.md`, trap 10: the answer is the largest pre-activation.
  @Test
  void aHebbianClassifierIsJudgedByItsAnswers() {
    Settings block =
        Settings.empty()
            .with("name", "head")
            .with("layers", List.of(Described.of("flatten"), Described.of("dense")))
            .with(
                "rule",
                new Described("soft-hebb", Settings.empty().with("competition", "supervised")));
    Settings description = Settings.empty().with("type", "f64").with("blocks", List.of(block));
    Network classifier = new NetworkBuilder(DRAWS, K).build(description, IMAGE, CLASSES);
    Trainer trainer = train(classifier, phase("head", 1, false));
    double accuracy = trainer.lastFigures().values().get("test_accuracy");
    Pass pass = new Pass(classifier, K, DRAWS, new Pass.Extent(0, 0, SAMPLES), "answers");
    pass.begin(SAMPLES);
    data.batch(0, SAMPLES, pass.input(), pass.labels());
    pass.evaluate(0, 0);
    Tensor answers = Tensor.zeros(DType.I32, SAMPLES);
    K.argmax(answers, pass.output());
    int right = 0;
    for (int i = 0; i < SAMPLES; i++) {
      right += answers.get(i) == data.label(i) ? 1 : 0;
    }
    assertEquals(100.0 * right / SAMPLES, accuracy);
  }
}
