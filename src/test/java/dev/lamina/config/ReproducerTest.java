package dev.lamina.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.tensor.LaminaException;
import dev.lamina.train.Listener;
import dev.lamina.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rows of a made-up system, on made-up data.
class ReproducerTest {
  private static final String FAMILY =
      """
      reproduces: toy
      base:
        data: {name: mnist}
        seed: 5
        replay-steps: 2
        network:
          blocks:
            - name: hidden
              layers: [flatten, dense: {outputs: 6}, tanh]
            - name: head
              layers: [dense]
        training: simultaneous
        supervised: {epochs: 2, batch: 20, optimizer: sgd, rate: 0.1}
      rows:
        - name: late
          minutes: 2
          needs: [early]
          published: {value: 50, source: nobody}
          band: [0, 100]
          set: {weights: "row:early", supervised.epochs: 1}
        - name: early
          minutes: 1
        - name: broken
          minutes: 1
          set: {supervised.rate: 1e200}
        - name: orphan
          minutes: 1
          needs: [broken]
        - name: long
          minutes: 500
      """;

  @TempDir private Path temp;
  private SmallRun small;
  private final List<String> lines = new ArrayList<>();

  @BeforeEach
  void writeTheData() throws IOException {
    small = new SmallRun(temp.resolve("data"));
    Files.createDirectories(temp.resolve("docs"));
  }

  private static Rows rows() {
    return Rows.of(Presets.of("toy", YamlSettings.read(FAMILY, "toy.yaml")));
  }

  private Records records() {
    return new Records(temp);
  }

  private Reproducer reproducer(Supplier<Listener> listeners) {
    return at(temp, listeners);
  }

  private Reproducer.Ending run(String wish, int seeds, double budget) {
    return reproducer(() -> Listener.SILENT).run(rows(), wish, seeds, budget);
  }

  private ResultRecord record(String name) {
    return records().find(name).orElseThrow();
  }

  @Test
  void aRowRunsBehindTheRowThatItNeedsAndStartsFromItsWeights() throws IOException {
    assertEquals(Reproducer.Ending.DONE, run("toy/late", 1, 1000));
    assertTrue(lines.get(0).contains("[1/2] toy/early with seed 5: about 60 s"), lines.toString());
    assertTrue(lines.get(2).contains("[2/2] toy/late with seed 5: about 2 min"), lines.toString());
    Path early = temp.resolve("runs/toy/early-seed-5/checkpoint.safetensors");
    Path late = temp.resolve("runs/toy/late-seed-5");
    assertEquals(early.toString(), YamlSettings.read(late.resolve("config.yaml")).text("weights"));
    ResultRecord record = record("toy-late");
    assertEquals(50.0, record.number("published").orElseThrow());
    assertTrue(record.text("replay_sha256").matches("[0-9a-f]{64}"), record.toString());
    assertTrue(Files.readString(temp.resolve("docs/results.md")).contains("| toy-late |"));
  }

  @Test
  void whatIsDoneIsNotRunAgain() {
    run("toy/early", 1, 1000);
    ResultRecord before = record("toy-early");
    lines.clear();
    Listener none =
        new Listener() {
          @Override
          public void phaseStarted(Trainer trainer) {
            throw new AssertionError("trained again");
          }
        };
    assertEquals(Reproducer.Ending.DONE, reproducer(() -> none).run(rows(), "toy/early", 1, 0));
    assertTrue(lines.getFirst().endsWith("toy/early with seed 5: done"), lines.toString());
    assertEquals(before, record("toy-early"));
  }

  @Test
  void eachSeedHasItsOwnRunAndRecord() {
    assertEquals(Reproducer.Ending.DONE, run("toy/early", 2, 1000));
    assertEquals(5.0, record("toy-early").number("seed").orElseThrow());
    assertEquals(6.0, record("toy-early-seed-6").number("seed").orElseThrow());
    assertFalse(
        record("toy-early")
            .text("weights_sha256")
            .equals(record("toy-early-seed-6").text("weights_sha256")));
  }

  @Test
  void aRowThatFailsIsRecordedAndTheNextStartsButNotThoseThatNeedIt() throws IOException {
    Reproducer reproducer = reproducer(() -> Listener.SILENT);
    assertEquals(Reproducer.Ending.OUT_OF_TIME, reproducer.run(rows(), "toy", 1, 1000));
    String message = record("toy-broken").failure().orElseThrow();
    assertTrue(message.contains("lower the learning rate"), message);
    assertTrue(lines.contains("  not run: it needs broken-seed-5, which failed"), lines.toString());
    assertTrue(records().find("toy-orphan").isEmpty());
    assertTrue(record("toy-late").failure().isEmpty());
    String page = Files.readString(temp.resolve("docs/results.md"));
    assertTrue(page.contains("| toy-broken | failed |"), page);
    assertTrue(page.contains("toy-broken failed: " + message), page);
    assertTrue(
        lines.getLast().startsWith("stopped before toy/long with seed 5: it takes about 8.3 h"),
        lines.toString());
  }

  @Test
  void aFailureDoesNotReplaceAnAccuracy() {
    Records records = records();
    run("toy/early", 1, 1000);
    ResultRecord good = record("toy-early");
    Experiment experiment = SmallRun.experiment();
    records.addFailure("toy-early", experiment, "the disk is full");
    assertEquals(good, record("toy-early"));
    records.addFailure("other", experiment, "first");
    records.addFailure("other", experiment, "second");
    assertEquals("second", record("other").failure().orElseThrow());
  }

  @Test
  void endsWithFailedIfARowFailed() {
    assertEquals(Reproducer.Ending.FAILED, run("toy/orphan", 1, 1000));
  }

  @Test
  void aRowThatDoesNotFitIntoTheBudgetDoesNotStart() {
    assertEquals(Reproducer.Ending.OUT_OF_TIME, run("toy/late", 1, 90));
    assertTrue(records().find("toy-early").isPresent());
    assertFalse(Files.exists(temp.resolve("runs/toy/late-seed-5")));
  }

  @Test
  void whatWasStoppedOrKilledAtAnyUpdateGoesOnToTheSameEnd() {
    run("toy/late", 1, 1000);
    String early = record("toy-early").text("weights_sha256");
    String late = record("toy-late").text("weights_sha256");
    for (int update = 1; update <= 8; update++) {
      for (boolean kill : new boolean[] {false, true}) {
        Path home = temp.resolve((kill ? "killed-" : "stopped-") + update);
        interrupt(update, kill, home);
        at(home, () -> Listener.SILENT).run(rows(), "toy/late", 1, 1000);
        Records own = new Records(home);
        assertEquals(early, own.find("toy-early").orElseThrow().text("weights_sha256"));
        assertEquals(late, own.find("toy-late").orElseThrow().text("weights_sha256"));
      }
    }
  }

  /// Ends a run without a word, as a kill does.
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private void interrupt(int updates, boolean kill, Path home) {
    int[] seen = new int[1];
    Reproducer[] reproducer = new Reproducer[1];
    Listener interrupter =
        new Listener() {
          @Override
          public void stepped(Trainer trainer) {
            if (++seen[0] == updates && kill) {
              throw new Killed();
            }
            if (seen[0] == updates) {
              reproducer[0].stop();
            }
          }
        };
    reproducer[0] = at(home, () -> interrupter);
    if (kill) {
      assertThrows(Killed.class, () -> reproducer[0].run(rows(), "toy/late", 1, 1000));
    } else {
      assertEquals(Reproducer.Ending.STOPPED, reproducer[0].run(rows(), "toy/late", 1, 1000));
    }
  }

  private Reproducer at(Path home, Supplier<Listener> listeners) {
    Reproducer.Place place =
        new Reproducer.Place(home.resolve("runs"), new Records(home), listeners, lines::add);
    return new Reproducer(place, small.machine(2), new Estimate(150, "none", 2));
  }

  @Test
  void aRowThatWasChangedSinceItBeganIsRefused() throws IOException {
    run("toy/early", 1, 1000);
    Path row = temp.resolve("runs/toy/early-seed-5.yaml");
    Files.writeString(row, Files.readString(row).replace("0.1", "0.2"));
    assertEquals(Reproducer.Ending.FAILED, run("toy/early", 1, 1000));
    assertTrue(lines.getLast().contains("move the folder away"), lines.toString());
  }

  @Test
  void namesWhatIsNotThere() {
    assertMessage("toi", "did you mean 'toy'?");
    assertMessage("toy/erly", "did you mean 'early'?");
  }

  private static void assertMessage(String wish, String part) {
    String message = assertThrows(LaminaException.class, () -> rows().chosen(wish)).getMessage();
    assertTrue(message.contains(part), message);
  }

  @Test
  void rowsThatNeedEachOtherAreRefused() {
    String early = "  - name: early\n    minutes: 1\n";
    String circle = FAMILY.replace(early, early + "    needs: [late]\n");
    Rows rows = Rows.of(Presets.of("toy", YamlSettings.read(circle, "toy.yaml")));
    String message = assertThrows(LaminaException.class, () -> rows.chosen("")).getMessage();
    assertTrue(message.contains("late → early → late"), message);
  }

  @Test
  void everyShippedRowIsARowOfAKnownSystemAndItsNeedsAreThere() {
    Rows rows = Rows.of(Presets.shipped());
    List<String> known = List.of("softhebb", "akrout", "biotorch", "hsic-bottleneck", "phsic");
    assertTrue(known.containsAll(rows.families()), rows.families().toString());
    assertEquals(rows.presets().size(), rows.chosen("").size());
    for (String family : rows.families()) {
      for (Preset row : rows.chosen(family)) {
        assertEquals(row, rows.chosen(family + "/" + row.rowName()).getLast());
      }
    }
  }

  @Test
  void aRecordOfTheSameMachineIsTheBestEstimate() {
    Estimate estimate = new Estimate(75, "cpu", 2);
    Reproduction row = new Reproduction("toy", 3, List.of());
    assertEquals(360, estimate.seconds(row, Optional.empty()));
    Map<String, Object> values = Map.of("cpu", "cpu", "threads", 2, "seconds", 17.0);
    ResultRecord record = new ResultRecord("r", values);
    assertEquals(17, estimate.seconds(row, Optional.of(record)));
    Estimate other = new Estimate(75, "cpu", 4);
    assertEquals(360, other.seconds(row, Optional.of(record)));
  }
}
