package dev.lamina.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.tensor.LaminaException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs of the HSIC bottleneck, and runs that begin with what they have learned.
class BottleneckRunTest {
  private static final List<String> NETWORK =
      List.of(
          "rule={hsic-bottleneck: {sigma: 5, beta: 20}}",
          "network={generator: {mt19937: {last: [in], reseed: [head]}}, blocks: ["
              + "{name: in, layers: [flatten, dense: {outputs: 6}, batch-norm, relu]},"
              + "{name: m, repeat: 2, layers: [dense: {outputs: 6}, batch-norm, relu]},"
              + "{name: head, layers: [dense], rule: backprop}]}");
  private static final String FORMAT =
      "phases=[{name: format, learn: [head], epochs: 2, batch: 20, order: file,"
          + " optimizer: {sgd: {decay: 0.001}}, rate: 0.1}]";

  @TempDir private Path temp;
  private SmallRun small;

  @BeforeEach
  void writeTheData() throws IOException {
    small = new SmallRun(temp.resolve("data"));
  }

  private static String blocks(int epochs) {
    return "phases=[{name: h, learn: [in, m1, m2], epochs: "
        + epochs
        + ", batch: 20, order: file, optimizer: {sgd: {decay: 0.001}}, rate: 0.001,"
        + " statistics: per-pass}]";
  }

  private SmallRun.Outcome train(String folder, String... changes) {
    return small.trainPhases(temp.resolve(folder), NETWORK, List.of(changes));
  }

  @Test
  void aCheckpointThatWasKeptIsThatOfAShorterRun() {
    train("one", blocks(1));
    train("three", blocks(3), "keep=[1, 3]");
    String shorter = "weights=" + temp.resolve("one/checkpoint.safetensors");
    String kept = "weights=" + temp.resolve("three/h-1.safetensors");
    assertEquals(train("a", shorter, FORMAT), train("b", kept, FORMAT));
  }

  /// Both chains are the same network, so their mean is it too.
  @Test
  void runsBecomePartsOfANetwork() {
    train("part", blocks(1));
    String dense = "dense: {outputs: 6}, batch-norm, relu";
    String chain = "[" + String.join(", ", dense, dense, dense) + "]";
    String file = temp.resolve("part/checkpoint.safetensors").toString();
    String twice = "{file: %s, into: members.mean.chain-1}, {file: %s, into: members.mean.chain-2}";
    SmallRun.Outcome whole =
        train(
            "whole",
            "network={blocks: [{name: members, layers: [flatten, mean: {chains: ["
                + chain
                + ", "
                + chain
                + "]}, batch-norm]}, {name: head, layers: [dense], rule: backprop}]}",
            "weights=[" + twice.formatted(file, file) + "]",
            FORMAT,
            "phases[0].frozen=batch");
    assertTrue(whole.result().containsKey("test_accuracy"));
  }

  @Test
  void aPartThatTheNetworkHasNotIsAnError() {
    train("part", blocks(1));
    String file = temp.resolve("part/checkpoint.safetensors").toString();
    String weights = "weights=[{file: " + file + ", into: members.mean.chain-1}]";
    LaminaException e =
        assertThrows(LaminaException.class, () -> train("wrong", blocks(1), weights));
    assertTrue(String.valueOf(e.getMessage()).contains("of the network has 0"), e.getMessage());
  }

  @Test
  void theLinesOfBatchesTellTheDependencesOfEveryBlock() {
    SmallRun.Outcome run = train("lines", blocks(1));
    Map<String, Object> first = run.metrics().getFirst();
    for (String figure : List.of("in_hx", "m1_hy", "m2_last_hx", "m2_last_hy")) {
      assertTrue(first.containsKey(figure), figure + " in " + first.keySet());
    }
  }

  @Test
  void aRunFromTheStoredConfigurationHasTheSameBits() {
    SmallRun.Outcome whole = train("whole", blocks(2), "keep=[1]");
    try (RunDirectory directory = RunDirectory.create(temp.resolve("again"))) {
      directory.writeConfig(YamlSettings.read(temp.resolve("whole/config.yaml")));
    }
    assertEquals(whole, small.resume(temp.resolve("again")));
  }
}
