package dev.lamina.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Tensor;
import dev.lamina.train.Checkpoint;
import dev.lamina.train.Listener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A rate at which weights overflow stops the training; the last finite checkpoint stays.
class AbsurdRateTest {
  private static final String RATE = "network.blocks[b1].rule.soft-hebb.rate=";

  @TempDir private Path temp;
  private SmallRun small;

  @BeforeEach
  void writeTheData() throws IOException {
    small = new SmallRun(temp.resolve("data"));
  }

  @Test
  void namesTheHebbianBlockAndTheUpdate() {
    String message = fail(RATE + "1e38");
    assertTrue(message.contains("block 'b1'"), message);
    assertTrue(message.contains("at update 1"), message);
    assertTrue(message.contains("lower"), message);
  }

  @Test
  void namesTheBlockThatLearnsByErrorAndKeepsWhatWasLearnedBefore() {
    String message = fail("supervised.optimizer=sgd", "supervised.rate=1e38");
    assertTrue(message.contains("block 'head'"), message);
    assertTrue(message.contains("at update"), message);
    Checkpoint kept = Checkpoint.read(temp.resolve("run/checkpoint.safetensors"));
    assertEquals(1, kept.position().phase(), "the second phase");
    kept.tensors().forEach((name, tensor) -> assertTrue(isFinite(tensor), name));
    assertFalse(kept.tensors().isEmpty());
  }

  private static boolean isFinite(Tensor tensor) {
    return Arrays.stream(tensor.toDoubles()).allMatch(Double::isFinite);
  }

  private String fail(String... changes) {
    try (RunDirectory directory = RunDirectory.create(temp.resolve("run"))) {
      Experiment experiment = SmallRun.experiment(changes);
      TrainingRun run = new TrainingRun(directory, experiment, small.machine(1), Listener.SILENT);
      return String.valueOf(assertThrows(LaminaException.class, run::run).getMessage());
    }
  }
}
