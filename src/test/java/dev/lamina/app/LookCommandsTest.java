package dev.lamina.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.config.Presets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The commands that need no run: presets, show, doctor, completion, help and version.
class LookCommandsTest {
  @TempDir Path temp;

  @Test
  void presetsListsEveryPresetWithItsPublishedFigure() {
    String out = Invocation.succeeds("presets");
    Presets.shipped().all().forEach(preset -> assertTrue(out.contains(preset.name()), out));
    assertTrue(out.contains("71.09 ± 0.06"), out);
    assertTrue(out.contains("70.5-72.9"), out);
  }

  @Test
  void aPrintedPresetIsTheSameExperimentWhenItIsReadAgain() throws IOException {
    String yaml = Invocation.succeeds("presets", "mnist-softhebb");
    Path file = Files.writeString(temp.resolve("mine.yaml"), yaml);
    assertTrue(yaml.contains("evaluate-every: 1"), yaml);
    assertEquals(Invocation.succeeds("show", "mnist-softhebb"), Invocation.succeeds("show", file));
  }

  @Test
  void aRowOfAFamilyHasTwoNames() {
    assertEquals(
        Invocation.succeeds("show", "cifar10-softhebb/1"),
        Invocation.succeeds("show", "cifar10-softhebb-1"));
  }

  @Test
  void showCountsTheFirstCifarNetworkRight() {
    String out = Invocation.succeeds("show", "cifar10-softhebb-1");
    // 96 kernels of 5 x 5 x 3 at 32 x 32 places: 7,200 weights, 2 x 7,200 x 1,024 operations
    assertTrue(out.contains("convolution  96 x 32 x 32       7,200  14.75"), out);
    assertTrue(out.contains("b1.convolution.weight           F32   [96, 3, 5, 5]"), out);
  }

  @Test
  void showLooksIntoResidualLayers() throws IOException {
    Path file = temp.resolve("residual.yaml");
    Files.writeString(
        file,
        """
        data: {name: mnist}
        network:
          blocks:
            - name: b1
              layers:
                - residual: {body: [convolution: {outputs: 1, kernel: 3, padding: 1}, batch-norm]}
            - name: head
              layers: [global-avg-pool, dense]
          rule: backprop
        training: simultaneous
        supervised: {epochs: 1, batch: 10}
        """);
    String out = Invocation.succeeds("show", file.toString());
    assertTrue(out.contains("b1     backprop  residual                   1 x 28 x 28"), out);
    assertTrue(
        out.contains("                 residual.body.convolution  1 x 28 x 28           9"), out);
    assertTrue(out.contains("b1.residual.body.batch-norm.running-mean"), out);
  }

  @Test
  void showTellsWhatABatchOfEachPhaseTakes() {
    String out = Invocation.succeeds("show", "cifar10-softhebb-1");
    Matcher sample = Pattern.compile("\nSum .* ([0-9,.]+)\n").matcher(out);
    Matcher phase = Pattern.compile("\nhead +head +50 +64 +([0-9,.]+)\n").matcher(out);
    assertTrue(sample.find() && phase.find(), out);
    // values and errors of 64 samples; kB and MB are printed with one digit
    assertEquals(2 * 64 * number(sample) * 1e-3, number(phase), 0.05 + 2 * 64 * 0.05e-3, out);
  }

  private static double number(Matcher found) {
    return Double.parseDouble(found.group(1).replace(",", ""));
  }

  @Test
  void doctorNamesEveryTierWithItsReasonAndEveryDataSet() {
    String out =
        Invocation.succeeds("doctor", "--kernels", "reference", "--threads", "1", "--data", "data");
    assertTrue(out.contains("reference  taken"), out);
    assertTrue(out.contains("cuda       not there: this version of Lamina"), out);
    assertTrue(out.contains("mnist          data/mnist (--data)"), out);
    assertTrue(out.contains("kmnist"), out);
    assertTrue(out.matches("(?s).*product of matrices +[0-9.]+ GFLOP/s, 1 thread\n"), out);
  }

  @Test
  void completionIsAScriptThatKnowsTheCommands() {
    String out = Invocation.succeeds("completion");
    assertTrue(out.startsWith("#!/usr/bin/env bash"), out);
    for (String word : List.of("evaluate", "--validation", "fetch")) {
      assertTrue(out.contains(word), word);
    }
  }

  @Test
  void versionIsOneLine() {
    String out = Invocation.succeeds("--version");
    assertTrue(out.matches("lamina \\S+( \\(commit [0-9a-f]+\\))?\n"), out);
  }

  @Test
  void everyCommandHasHelpWithAnExampleAndNoColourWhereNobodyLooks() {
    List<CommandLine> commands = new ArrayList<>(List.of(Main.commandLine()));
    for (int i = 0; i < commands.size(); i++) {
      CommandLine command = commands.get(i);
      commands.addAll(command.getSubcommands().values());
      String name = command.getCommandSpec().qualifiedName();
      List<Object> words = new ArrayList<>(List.of(name.split(" ")));
      words.removeFirst();
      words.add("--help");
      String help = Invocation.succeeds(words.toArray());
      assertTrue(help.startsWith("Usage: " + name + " "), help);
      assertTrue(help.contains("Example") || name.equals("lamina"), help);
      assertFalse(help.contains("\u001b"), help);
    }
    assertTrue(commands.size() > 10, commands.toString());
  }

  @Test
  void withoutACommandTheHelpIsPrinted() {
    assertEquals(Invocation.succeeds("--help"), Invocation.succeeds());
  }
}
