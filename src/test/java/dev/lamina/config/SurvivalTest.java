package dev.lamina.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.data.DataPlaces;
import dev.lamina.network.Figures;
import dev.lamina.tensor.LaminaException;
import dev.lamina.train.Checkpoint;
import dev.lamina.train.Listener;
import dev.lamina.train.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A training that is stopped or killed anywhere goes on to the same weights, figures and metrics.
class SurvivalTest {
  private static final int UPDATES = 20;

  /// A held-out part, and so long a training that its accuracy no longer grows.
  private static final String[] WITH_A_BEST_EPOCH = {
    "data.validation=0.2", "supervised.batch=24", "supervised.rate=0.05", "supervised.epochs=7"
  };

  @TempDir private Path temp;
  private SmallRun small;

  @BeforeEach
  void writeTheData() throws IOException {
    small = new SmallRun(temp.resolve("data"));
  }

  /// Calls back at every moment of a training at which something may have been written.
  private record Moments(Consumer<Trainer> then) implements Listener {
    @Override
    public void phaseStarted(Trainer trainer) {
      then.accept(trainer);
    }

    @Override
    public void caching(Trainer trainer, int done, int total) {
      then.accept(trainer);
    }

    @Override
    public void stepped(Trainer trainer) {
      then.accept(trainer);
    }

    @Override
    public void epochEnded(Trainer trainer, Figures figures) {
      then.accept(trainer);
    }

    @Override
    public void phaseEnded(Trainer trainer, double seconds) {
      then.accept(trainer);
    }
  }

  @Test
  void aRunThatIsStoppedAtAnyMomentGoesOnToTheSameEnd() {
    SmallRun.Outcome whole = small.train(temp.resolve("whole"), 2);
    int moments = 0;
    for (boolean stopped = true; stopped; moments++) {
      Path folder = temp.resolve("stopped-" + moments);
      stopped = stopAt(folder, moments).isEmpty();
      SmallRun.Outcome resumed = stopped ? small.resume(folder) : whole;
      assertEquals(whole, resumed, "stopped at moment " + moments);
    }
    assertTrue(moments > UPDATES, "only " + moments + " moments were tried");
  }

  private Optional<?> stopAt(Path folder, int moment) {
    try (RunDirectory directory = RunDirectory.create(folder)) {
      TrainingRun[] run = new TrainingRun[1];
      int[] seen = new int[1];
      Moments stopper =
          new Moments(trainer -> {
            if (seen[0]++ == moment) {
              run[0].stop();
            }
          });
      run[0] = new TrainingRun(directory, SmallRun.experiment(), small.machine(3), stopper);
      return run[0].run();
    }
  }

  @Test
  void aRunThatIsKilledAtAnyMomentGoesOnToTheSameEndAndTheSameBest() {
    Path folder = temp.resolve("whole");
    List<Path> copies = new ArrayList<>();
    SmallRun.Outcome whole = trainAndCopy(folder, copies);
    Map<String, String> best = best(folder);
    String last = String.valueOf(whole.result().get("steps"));
    assertNotEquals(last, best.get("step"), "the last epoch is the best one: a poor test");
    for (Path killed : copies) {
      assertEquals(whole, small.resume(killed), killed.toString());
      assertEquals(best, best(killed), killed.toString());
    }
  }

  @Test
  void aRunThatIsKilledBeforeItsDataAreReadKeepsItsName() {
    Path folder = temp.resolve("early");
    TrainingRun.Machine bare =
        new TrainingRun.Machine(new DataPlaces(List.of()), small.machine(0).kernels(), 2, 0);
    try (RunDirectory directory = RunDirectory.create(folder)) {
      assertThrows(
          LaminaException.class,
          () -> new TrainingRun(directory, SmallRun.experiment(), bare, Listener.SILENT));
    }
    assertEquals(small.train(temp.resolve("whole"), 2), small.resume(folder));
  }

  private static Map<String, String> best(Path run) {
    Checkpoint best = Checkpoint.read(run.resolve("best.safetensors"));
    Map<String, String> text = new TreeMap<>(Map.of("step", best.metadata().get("step")));
    best.tensors().forEach((name, t) -> text.put(name, Arrays.toString(t.toDoubles())));
    return text;
  }

  /// Trains, and copies the folder at every moment, as a kill would leave it.
  private SmallRun.Outcome trainAndCopy(Path folder, List<Path> copies) {
    try (RunDirectory directory = RunDirectory.create(folder)) {
      Moments copier =
          new Moments(trainer -> copies.add(copy(folder, temp.resolve("killed-" + copies.size()))));
      Experiment experiment = SmallRun.experiment(WITH_A_BEST_EPOCH);
      new TrainingRun(directory, experiment, small.machine(3), copier).run();
      return SmallRun.outcome(directory);
    }
  }

  private static Path copy(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
