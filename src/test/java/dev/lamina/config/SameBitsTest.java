package dev.lamina.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A training gives the same bits whatever it runs on, in every way of training.
class SameBitsTest {
  /// Maps so large that every kernel cuts its work into tiles.
  private static final List<String> LARGER =
      List.of(
          "network.blocks[b1].layers[1].convolution.outputs=40",
          "network.blocks[b1].layers[1].convolution.stride=1",
          "unsupervised.epochs=1",
          "supervised.epochs=2");

  @TempDir private Path temp;
  private SmallRun small;

  @BeforeEach
  void writeTheData() throws IOException {
    small = new SmallRun(temp.resolve("data"));
  }

  @ParameterizedTest
  @EnumSource
  void theNumberOfThreadsChangesNothing(Training training) {
    SmallRun.Outcome alone = train("alone", 1, training);
    for (int threads = 2; threads <= 3; threads++) {
      assertEquals(alone, train("threads-" + threads, threads, training), threads + " threads");
    }
  }

  @Test
  void aSeedIsAnotherRun() {
    SmallRun.Outcome first = small.train(temp.resolve("3"), 2);
    SmallRun.Outcome second = small.train(temp.resolve("4"), 2, "seed=4");
    assertNotEquals(first.hash(), second.hash());
  }

  @Test
  void consecutiveTrainingOfOneLayerIsSuccessiveTraining() {
    assertEquals(
        train("successive", 2, Training.SUCCESSIVE).hash(),
        train("consecutive", 2, Training.CONSECUTIVE).hash());
  }

  @Test
  void simultaneousTrainingIsAnotherRun() {
    assertNotEquals(
        train("successive", 2, Training.SUCCESSIVE).hash(),
        train("simultaneous", 2, Training.SIMULTANEOUS).hash());
  }

  private SmallRun.Outcome train(String folder, int threads, Training training) {
    List<String> changes = new ArrayList<>(LARGER);
    changes.add("training=" + training.name().toLowerCase(Locale.ROOT));
    return small.train(temp.resolve(folder), threads, changes.toArray(String[]::new));
  }
}
