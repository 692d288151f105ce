package dev.lamina.config;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.data.Augmentation;
import dev.lamina.data.DataPlaces;
import dev.lamina.data.Dataset;
import dev.lamina.data.Datasets;
import dev.lamina.data.HeldOut;
import dev.lamina.data.Normalization;
import dev.lamina.data.Split;
import dev.lamina.model.Model;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Tensor;
import dev.lamina.train.Listener;
import dev.lamina.train.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A training on samples that are resized, normalised and augmented.
class TransformedRunTest {
  private static final String DATA =
      "data={name: mnist, resize: 20, normalize: half, augment: {crop: 2, flip: true}}";

  @TempDir private Path temp;
  private SmallRun small;

  @BeforeEach
  void writeTheData() throws IOException {
    small = new SmallRun(temp.resolve("data"));
  }

  @Test
  void theNumberOfThreadsChangesNothingAndAugmentationDoes() {
    SmallRun.Outcome alone = small.train(temp.resolve("1"), 1, DATA);
    assertEquals(alone, small.train(temp.resolve("3"), 3, DATA));
    String plain = "data={name: mnist, resize: 20, normalize: half}";
    assertNotEquals(alone.hash(), small.train(temp.resolve("plain"), 2, plain).hash());
  }

  @Test
  void goesOnFromEveryCheckpointToTheSameEndAndCachesNothing() {
    SmallRun.Outcome whole = small.train(temp.resolve("whole"), 2, DATA);
    for (int at = 1; at < 20; at += 3) {
      Path folder = temp.resolve("stopped-" + at);
      stopAt(folder, at);
      assertEquals(whole, small.resume(folder), "stopped at update " + at);
    }
  }

  private void stopAt(Path folder, int update) {
    TrainingRun[] run = new TrainingRun[1];
    Listener stopper =
        new Listener() {
          @Override
          public void stepped(Trainer trainer) {
            if (trainer.steps() == update) {
              run[0].stop();
            }
          }

          @Override
          public void caching(Trainer trainer, int done, int total) {
            throw new AssertionError("features of samples that change were cached");
          }
        };
    try (RunDirectory directory = RunDirectory.create(folder)) {
      run[0] = new TrainingRun(directory, SmallRun.experiment(DATA), small.machine(0), stopper);
      assertEquals(Optional.empty(), run[0].run());
    }
  }

  @Test
  void aStoredModelDoesTheSameToWhatItIsShown() {
    SmallRun.Outcome run = small.train(temp.resolve("run"), 2, DATA);
    StoredRun stored = StoredRun.find(temp.resolve("run"));
    Model model = stored.model(small.machine(0).kernels());
    Split own = stored.data(small.machine(0).places());
    Split raw = Datasets.load("mnist", small.machine(0).places());
    int top = model.network().blocks().size() - 1;
    for (Split data : List.of(own, raw)) {
      Map<String, Double> figures = Evaluated.of(model, data, top, done -> {}).figures();
      assertEquals(run.result().get("test_accuracy"), figures.get("test_accuracy"));
    }
    float[][] rows = rows(raw.test());
    assertArrayEquals(model.predictProbabilities(raw.test()), model.predictProbabilities(rows));
  }

  private static float[][] rows(Dataset data) {
    float[][] rows = new float[data.size()][];
    for (int i = 0; i < rows.length; i++) {
      Tensor x = Tensor.zeros(DType.F32, data.sample().batch(1));
      data.batch(i, 1, x);
      rows[i] = x.floats();
    }
    return rows;
  }

  @Test
  void aHeldOutPartIsSeenAsItIs() {
    String held = DATA.replace("}}", "}, validation: {last: 20}}");
    SmallRun.Outcome run = small.train(temp.resolve("run"), 2, held);
    assertTrue(run.result().containsKey("validation_accuracy"), run.toString());
    assertEquals(run, small.train(temp.resolve("again"), 2, held));
  }

  @Test
  void readsAndWritesEveryWayToPrepareData() {
    DataChoice choice =
        choice(
            "{name: mnist, resize: 32, normalize: {mean: [0.1], deviation: [0.3]},"
                + " augment: {crop: 4, flip: true}, validation: {numpy-legacy: 3, share: 0.2}}");
    assertEquals(32, choice.transform().side().orElseThrow());
    assertEquals(
        Optional.of(new Normalization(List.of(0.1), List.of(0.3))),
        choice.transform().normalization());
    assertEquals(Optional.of(new Augmentation(4, true)), choice.augmentation());
    assertEquals(Optional.of(new HeldOut.NumpyLegacy(3, 0.2)), choice.validation());
    assertEquals(choice, DataChoice.of(choice.settings()));
    for (String held : List.of("0.25", "{share: 0.25}", "{last: 7}", "0")) {
      DataChoice other = choice("{name: mnist, validation: " + held + "}");
      assertEquals(other, DataChoice.of(other.settings()), held);
    }
    assertEquals(choice("{name: mnist, validation: 0.1}").validation(), share("{share: 0.1}"));
  }

  private static Optional<HeldOut> share(String held) {
    return choice("{name: mnist, validation: " + held + "}").validation();
  }

  private static DataChoice choice(String data) {
    return SmallRun.experiment("data=" + data).choice();
  }

  @Test
  void namesTheMistakeInAPreparation() {
    assertRefused("{name: mnist, normalize: mnits}", "did you mean 'mnist'?");
    assertRefused("{name: mnist, normalize: {mean: [1, 2], deviation: [1]}}", "2 means and 1");
    assertRefused("{name: mnist, normalize: {mean: [a], deviation: [1]}}", "a list of numbers");
    assertRefused("{name: mnist, augment: {corp: 4}}", "did you mean 'crop'?");
    assertRefused("{name: mnist, resize: 0}", "must be at least 1");
    assertRefused("{name: mnist, validation: {first: 4}}", "validation.share");
    DataChoice three = choice("{name: mnist, normalize: cifar-10}");
    DataPlaces places = small.machine(0).places();
    String message = assertThrows(LaminaException.class, () -> three.load(places)).getMessage();
    assertTrue(message.contains("3 channels does not fit samples of 1"), message);
  }

  private static void assertRefused(String data, String part) {
    String message = assertThrows(LaminaException.class, () -> choice(data)).getMessage();
    assertTrue(message.contains(part), message);
  }
}
