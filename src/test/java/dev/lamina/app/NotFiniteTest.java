package dev.lamina.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.config.Json;
import dev.lamina.data.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// NaN or infinity in weights ends a training with one message; the last good checkpoint goes on.
class NotFiniteTest {
  /// So far above the largest float that the first update makes infinities; the loss is not looked
  /// at again before the weights are.
  private static final String TOO_FAST =
      "supervised={epochs: 2, batch: 40, optimizer: sgd, rate: 1.0e300}";

  private static final String MESSAGE =
      "NaN or infinity in 'head.dense.weight' of block 'head' at update 1 of phase 'head'; lower the"
          + " learning rate or check the input data";

  @TempDir Path temp;
  private TinyRun tiny;

  @BeforeEach
  void writeTheData() throws IOException {
    tiny = TinyRun.prepare(temp);
  }

  @Test
  void namesBlockAndUpdateWhenTheEpochEnds() throws IOException {
    assertEquals(MESSAGE, train(TOO_FAST));
    String log = Files.readString(tiny.run().resolve("log.txt"));
    assertTrue(log.contains("error: " + MESSAGE), log);
    assertFalse(Files.exists(tiny.run().resolve("result.json")), "a failed run has no result");
  }

  @Test
  void namesBlockAndUpdateInsteadOfWritingACheckpoint() {
    assertEquals(MESSAGE, train(TOO_FAST, "--checkpoint-steps", "1"));
    assertKeptIsFinite();
  }

  @Test
  void namesTheHebbianBlockBeforeItsWeightsAreWritten() {
    String rate = "network.blocks[b1].rule.soft-hebb.rate=1.0e300";
    String message = train(rate, "--checkpoint-steps", "1");
    assertTrue(message.contains("block 'b1' at update "), message);
    assertTrue(message.contains("lower"), message);
  }

  @Test
  void theKeptCheckpointGoesOnOnceTheRateIsLowered() throws IOException {
    train(TOO_FAST);
    assertKeptIsFinite();
    String learned = "b1.convolution.weight";
    double[] before = kept().read(learned).toDoubles();
    assertEquals(MESSAGE, Invocation.fails(resume()), "the same error as long as nothing changes");
    Path config = tiny.run().resolve("config.yaml");
    String lower = Files.readString(config).replace("rate: 1.0e300", "rate: 0.01");
    Files.writeString(config, lower);
    Invocation.succeeds(resume());
    assertArrayEquals(before, kept().read(learned).toDoubles(), "the first phase was repeated");
    Path result = tiny.run().resolve("result.json");
    Object steps = Json.read(Files.readString(result), "result.json").get("steps");
    assertEquals(6, ((Number) steps).intValue(), "4 of b1 and 2 of the head");
  }

  private String train(String change, Object... options) {
    Object[] set = {"--out", tiny.run(), "--set", change};
    return Invocation.fails(tiny.training(TinyRun.join(set, options)));
  }

  private Object[] resume() {
    return TinyRun.join(new Object[] {"train", "--resume", tiny.run()}, tiny.machine());
  }

  private Safetensors kept() {
    return Safetensors.open(tiny.run().resolve("checkpoint.safetensors"));
  }

  private void assertKeptIsFinite() {
    Safetensors kept = kept();
    for (String name : kept.names()) {
      for (double value : kept.read(name).toDoubles()) {
        assertTrue(Double.isFinite(value), name);
      }
    }
  }
}
