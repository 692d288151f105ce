package dev.lamina.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// A training that cannot begin: one message, exit code 2, no folder left behind. See
/// `BadInputTest`.
class TrainCommandTest {
  @TempDir Path temp;

  @Test
  void leavesNothingBehindWhenALayerDoesNotFit() throws IOException {
    Path file = temp.resolve("mine.yaml");
    Files.writeString(
        file,
        """
        data: {name: mnist}
        network:
          blocks:
            - layers:
                - convolution: {outputs: 8, kernel: 50}
        supervised: {epochs: 1, batch: 64}
        """);
    assertRefused(file + ":5:11: a kernel of 50x50 does not fit into [28, 28, 1]", file.toString());
  }

  @Test
  void leavesNothingBehindWhenTheDataAreMissing() {
    assertRefused("there is no data set 'fashon'", "--set", "data.name=fashon");
  }

  @Test
  void refusesANetworkThatCannotFitWithBothNumbers() {
    assertRefused(
        "GB that Java may take", "mnist-softhebb-mlp",
        "--set", "network.blocks[b1].layers[1].dense.outputs=2500000");
  }

  private void assertRefused(String message, String... arguments) {
    Path out = temp.resolve("out");
    List<String> all = new ArrayList<>(List.of("train", "--quiet", "--out", out.toString()));
    all.addAll(List.of(arguments));
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine().setErr(new PrintWriter(err, true));
    assertEquals(2, Main.run(line, all.toArray(String[]::new)), err.toString());
    assertTrue(err.toString().contains(message), err.toString());
    assertFalse(Files.exists(out), "a run that could not begin left its folder");
  }
}
