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

/// What a user can do wrong: one message, exit code 2, nothing left behind.
class TrainCommandTest {
  @TempDir Path temp;

  @Test
  void suggestsThePresetThatWasMeant() {
    assertRefused("did you mean 'mnist-softhebb'?", "mnist-softheb");
  }

  @Test
  void suggestsTheKeyThatWasMeant() {
    assertRefused(
        "--set supervised.epoks=3: unknown key 'epoks' in 'supervised'; did you mean 'epochs'?",
        "--set",
        "supervised.epoks=3");
  }

  @Test
  void namesLineAndColumnOfAMistakeInAFile() throws IOException {
    Path file = temp.resolve("mine.yaml");
    Files.writeString(
        file,
        """
        data: {name: mnist}
        network:
          blocks:
            - layers: [flatten, dense]
        supervised: {epochs: many, batch: 64}
        """);
    assertRefused(
        file + ":5:14: 'supervised.epochs' must be a whole number but is 'many'", file.toString());
  }

  @Test
  void namesTheLayerThatDoesNotFit() throws IOException {
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
  void refusesTiersAndThreadsThatAreNotThere() {
    assertRefused("threads must be at least 1 but is 0", "--threads", "0");
    assertRefused("the kernels 'cuda' are not available", "--kernels", "cuda");
    assertRefused("there is no such tier; known: reference, vector", "--kernels", "vektor");
  }

  @Test
  void refusesADataSetThatNobodyKnows() {
    assertRefused("there is no data set 'fashon'", "--set", "data.name=fashon");
  }

  @Test
  void refusesANetworkThatCannotFitWithBothNumbers() {
    assertRefused(
        "GB that Java may take", "mnist-softhebb-mlp",
        "--set", "network.blocks[b1].layers[1].dense.outputs=2500000");
  }

  @Test
  void refusesFoldersThatHoldSomethingOrCannotBeMade() throws IOException {
    Path run = Files.createDirectory(temp.resolve("run"));
    Files.writeString(run.resolve("config.yaml"), "seed: 0\n");
    assertMessage("go on with it with '--resume " + run, "--out", run.toString());
    Path file = Files.writeString(temp.resolve("file"), "x");
    assertMessage("cannot be made (Not a directory)", "--out", file.resolve("a").toString());
    assertMessage("there is no config.yaml", "--resume", temp.toString());
  }

  @Test
  void refusesSettingsBesideAResume() {
    assertMessage("leave those options out", "--resume", temp.toString(), "--seed", "3");
  }

  @Test
  void suggestsTheOptionThatWasMeant() {
    assertMessage("Unknown option: '--sed'", "--sed", "3");
  }

  private void assertRefused(String message, String... arguments) {
    Path out = temp.resolve("out");
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--out", out.toString()));
    assertMessage(message, all.toArray(String[]::new));
    assertFalse(Files.exists(out), "a run that could not begin left its folder");
  }

  private static void assertMessage(String message, String... arguments) {
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine().setErr(new PrintWriter(err, true));
    List<String> all = new ArrayList<>(List.of("train", "--quiet"));
    all.addAll(List.of(arguments));
    int code = Main.run(line, all.toArray(String[]::new));
    assertTrue(err.toString().contains(message), err.toString());
    assertFalse(err.toString().contains("\tat "), err.toString());
    assertEquals(2, code);
  }
}
