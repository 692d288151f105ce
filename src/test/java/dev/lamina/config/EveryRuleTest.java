package dev.lamina.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Philox;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.network.NetworkBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every rule that is registered, with its default settings, gives the same bits for any number of
/// threads and after an interrupt. A rule that is added later is covered without a new test.
class EveryRuleTest {
  private static final String DOCUMENT =
      """
      data: {name: mnist}
      seed: 3
      network:
        blocks:
          - name: b1
            layers: [flatten, dense: {outputs: 40}, relu]
            rule: %1$s
          - name: b2
            layers: [dense: {outputs: 24}, relu]
            rule: %1$s
          - name: head
            layers: [dense]
            rule: backprop
      training: simultaneous
      supervised: {epochs: 2, batch: 16, optimizer: {sgd: {momentum: 0.9}}, rate: 0.001}
      """;

  @TempDir private Path temp;
  private SmallRun small;

  @BeforeEach
  void writeTheData() throws IOException {
    small = new SmallRun(temp.resolve("data"));
  }

  static Set<String> rules() {
    Kernels kernels = new ReferenceKernels();
    return new NetworkBuilder(new Philox(0, kernels), kernels).ruleNames();
  }

  private static Experiment experiment(String rule) {
    return Experiment.of("small", YamlSettings.read(DOCUMENT.formatted(rule), "small.yaml"));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theSameBitsForAnyNumberOfThreadsAndAfterAnInterrupt(String rule) {
    SmallRun.Outcome alone = small.train(temp.resolve("1"), 1, experiment(rule));
    for (int threads = 2; threads <= 3; threads++) {
      Path folder = temp.resolve(Integer.toString(threads));
      assertEquals(
          alone,
          small.train(folder, threads, experiment(rule)),
          rule + ", " + threads + " threads");
    }
    Path stopped = temp.resolve("stopped");
    small.stop(stopped, experiment(rule), 3);
    assertEquals(alone, small.resume(stopped), rule + ", stopped after 3 of 8 updates");
  }
}
