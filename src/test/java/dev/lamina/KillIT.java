package dev.lamina;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A training of about ten seconds that is killed or interrupted ends as if nothing had happened.
///
/// `-Dlamina.kills=N` sets how often it is killed (3, one in each stage), `-Dlamina.seed=N` the
/// moments, which are others in every build.
class KillIT {
  private static final int KILLS = Integer.getInteger("lamina.kills", 3);
  private static final long SEED = Long.getLong("lamina.seed", System.nanoTime());
  private static final int MOST_MISSES = 5 + KILLS;
  private static final int INTERRUPTED = 130;
  private static final String CHECKPOINTS = "--checkpoint-steps=1500";

  private static final String DOCUMENT =
      """
      data: {name: mnist}
      network:
        blocks:
          - name: b1
            layers:
              - batch-norm
              - convolution: {outputs: 16, kernel: 5, stride: 2, initial: {normal-radius: {radius: 5}}}
              - triangle
              - max-pool: {kernel: 2}
            rule: {soft-hebb: {competition: soft-anti, inverse-temperature: 4, rate: 0.08}}
          - name: head
            layers: [flatten, dropout, dense]
            rule: backprop
      training: successive
      unsupervised: {epochs: 1, batch: 10}
      supervised: {epochs: 4, batch: 32, optimizer: adam}
      """;

  @TempDir private static Path temp;
  private static final Random RANDOM = new Random(SEED);
  private static Path document;
  private static List<Map<String, Object>> expected;

  /// Milliseconds of the uninterrupted run from its configuration, by stage: when the stage ends.
  private static final long[] ENDS = new long[Stage.values().length];

  /// Where a kill falls.
  private enum Stage {
    BEFORE_THE_FIRST_CHECKPOINT,
    FIRST_PHASE,
    SECOND_PHASE;

    static Stage of(ImageRun run) throws IOException {
      if (!run.hasCheckpoint()) {
        return BEFORE_THE_FIRST_CHECKPOINT;
      }
      return run.inPhase("head") ? SECOND_PHASE : FIRST_PHASE;
    }

    boolean isReached(ImageRun run) throws IOException {
      return run.begun() && of(run).compareTo(this) >= 0;
    }

    long length() {
      return ENDS[ordinal()] - (ordinal() == 0 ? 0 : ENDS[ordinal() - 1]);
    }
  }

  @BeforeAll
  static void trainWithoutInterruption() throws Exception {
    document = Files.writeString(temp.resolve("ten-seconds.yaml"), DOCUMENT);
    ImageRun run = ImageRun.begin(temp.resolve("whole"), document, "", CHECKPOINTS);
    assertTrue(run.await(run::begun), run.said());
    long begun = System.nanoTime();
    for (Stage stage : Stage.values()) {
      run.await(() -> Stage.of(run).compareTo(stage) > 0);
      ENDS[stage.ordinal()] = (System.nanoTime() - begun) / 1_000_000;
    }
    assertEquals(0, run.end(), run.said());
    expected = run.outcome();
  }

  @Test
  void killsInEveryStageChangeNothing() throws Exception {
    int misses = 0;
    for (int kills = 0; kills < KILLS; ) {
      Path directory = temp.resolve("killed-" + kills + "-" + misses);
      for (Stage stage : Stage.values()) {
        if (kills < KILLS && killIn(stage, directory)) {
          kills++;
        } else if (kills < KILLS) {
          misses++;
          assertTrue(misses <= MOST_MISSES, "too many kills missed their stage, seed " + SEED);
          break;
        }
      }
      assertThatItEndsWell(directory);
    }
  }

  /// Begins a run, or goes on with it, and kills it at a random moment of a stage.
  ///
  /// @return whether it was alive, and in that stage
  private static boolean killIn(Stage stage, Path directory) throws Exception {
    ImageRun run =
        Files.exists(directory)
            ? ImageRun.resume(directory, CHECKPOINTS)
            : ImageRun.begin(directory, document, "", CHECKPOINTS);
    boolean reached = run.await(() -> stage.isReached(run));
    Thread.sleep(RANDOM.nextLong(Math.max(1, stage.length())));
    boolean alive = reached && run.process().isAlive();
    run.process().destroyForcibly().waitFor();
    return alive && Stage.of(run) == stage;
  }

  @Test
  void anInterruptWritesACheckpointAndSaysHowToGoOn() throws Exception {
    Path directory = temp.resolve("interrupted");
    ImageRun run = ImageRun.begin(directory, document, "", "--checkpoint-steps=1000000");
    assertTrue(run.await(() -> run.inPhase("b1")), run.said());
    Thread.sleep(RANDOM.nextLong(Stage.FIRST_PHASE.length()));
    interrupt(run);
    assertEquals(INTERRUPTED, run.end(), run.said());
    String says = "lamina: stopped; go on with 'lamina train --resume " + directory + "'\n";
    assertEquals(says, run.said());
    assertTrue(run.hasCheckpoint(), "no checkpoint, seed " + SEED);
    assertThatItEndsWell(directory);
  }

  private static void interrupt(ImageRun run) throws Exception {
    String process = Long.toString(run.process().pid());
    assertEquals(0, new ProcessBuilder("kill", "-INT", process).start().waitFor());
  }

  private static void assertThatItEndsWell(Path directory) throws Exception {
    ImageRun run = ImageRun.resume(directory, CHECKPOINTS);
    String where = directory + ", seed " + SEED;
    assertEquals(0, run.end(), () -> where);
    assertEquals(expected, run.outcome(), where);
    boolean goneOn = run.log().contains("resumed at step") || run.log().contains("begun again");
    assertTrue(goneOn, () -> where);
  }
}
