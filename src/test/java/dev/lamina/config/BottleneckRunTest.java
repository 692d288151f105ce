package dev.lamina.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.tensor.LaminaException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    return small.train(temp.resolve(folder), SmallRun.phases(NETWORK, List.of(changes)));
  }

  @Test
  void aCheckpointThatWasKeptIsThatOfAShorterRun() {
    train("one", blocks(1));
    train("three", blocks(3), "keep=[1, 3]");
    String shorter = "weights=" + temp.resolve("one/checkpoint.safetensors");
    String kept = "weights=" + temp.resolve("three/h-1.safetensors");
    assertEquals(train("a", shorter, FORMAT), train("b", kept, FORMAT));
  }

  /// The mean of equal members is the member, to the last bit for two of them.
  @Test
  void twoEqualMembersAreAsOne() {
    train("part", blocks(1));
    assertEquals(combined("one", 1).metrics(), combined("two", 2).metrics());
  }

  private SmallRun.Outcome combined(String folder, int members) {
    String dense = "dense: {outputs: 6}, batch-norm, relu";
    String chain = "[" + String.join(", ", dense, dense, dense) + "]";
    List<String> weights = new ArrayList<>();
    for (int i = 1; i <= members; i++) {
      Path file = temp.resolve("part/checkpoint.safetensors");
      weights.add("{file: %s, into: members.mean.chain-%d}".formatted(file, i));
    }
    return train(
        folder,
        "network={generator: {mt19937: {reseed: [head]}}, blocks: [{name: members, layers: [flatten,"
            + " mean: {chains: ["
            + String.join(", ", Collections.nCopies(members, chain))
            + "]}, batch-norm]}, {name: head, layers: [dense], rule: backprop}]}",
        "weights=[" + String.join(", ", weights) + "]",
        FORMAT,
        "phases[0].frozen=batch");
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

  /// Update 4 is the first of the second epoch: its means begin again, those of a resumed run too.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 4})
  void aStoppedRunGoesOnWithTheSameBits(long updates) {
    SmallRun.Outcome whole = train("whole", blocks(2));
    Experiment experiment = SmallRun.phases(NETWORK, List.of(blocks(2)));
    small.stop(temp.resolve("stopped"), experiment, updates);
    assertEquals(whole, small.resume(temp.resolve("stopped")));
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
