package dev.lamina.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a user can get wrong before a training: names, options, configurations, folders.
class BadInputTest {
  @TempDir Path temp;
  private TinyRun tiny;

  @BeforeEach
  void prepare() throws IOException {
    tiny = TinyRun.prepare(temp);
  }

  private String trainingFails(Object... options) {
    return Invocation.fails(tiny.training(options));
  }

  private String trainingFailsWith(String from, String to) throws IOException {
    String yaml = TinyRun.CONFIG.replace(from, to);
    assertFalse(yaml.equals(TinyRun.CONFIG), from);
    Files.writeString(tiny.config(), yaml);
    return trainingFails("--out", tiny.run());
  }

  @Test
  void anUnknownPresetIsNamedWithTheNearest() {
    assertEquals(
        "there is no preset 'mnist-softheb'; did you mean 'mnist-softhebb'?; 'lamina presets' lists"
            + " them, and a file's name ends in .yaml",
        Invocation.fails("train", "mnist-softheb"));
    assertTrue(Invocation.fails("show", "cifar10-softheb-3").contains("'cifar10-softhebb-3'?"));
    assertTrue(Invocation.fails("show", "runs/none").startsWith("there is no run 'runs/none'"));
    assertTrue(Invocation.fails("presets", "mnist").contains("there is no preset 'mnist'"));
  }

  @Test
  void aMissingOrBrokenFileIsNamedWithItsPlace() throws IOException {
    Path file = temp.resolve("none.yaml");
    assertEquals("there is no file '" + file + "'", Invocation.fails("train", file));
    Files.writeString(file, "data: {name: mnist\nseed: 1\n");
    assertEquals(
        file + ":2:5: not valid YAML: expected ',' or '}', but got :",
        Invocation.fails("train", file));
    Files.writeString(file, "");
    assertEquals(file + ": the document is empty", Invocation.fails("train", file));
  }

  @Test
  void aMisspeltKeyIsNamedWithLineColumnAndSuggestion() throws IOException {
    assertEquals(
        tiny.config()
            + ":7:25: unknown key 'output' in 'network.blocks[0].layers[0].convolution';"
            + " did you mean 'outputs'?",
        trainingFailsWith("outputs: 3", "output: 3"));
  }

  @Test
  void aMisspeltKeyOnTheCommandLineIsNamedWithASuggestion() {
    assertEquals(
        "--set sede=1: unknown key 'sede'; did you mean 'seed'?",
        trainingFails("--out", tiny.run(), "--set", "sede=1"));
    assertEquals("--set seed: must have the form path=value", trainingFails("--set", "seed"));
  }

  @Test
  void aWrongTypeIsNamedWithLineAndColumn() throws IOException {
    String message = trainingFailsWith("outputs: 3", "outputs: many");
    assertTrue(message.startsWith(tiny.config() + ":7:25: "), message);
    assertTrue(message.contains("'network.blocks[0].layers[0].convolution.outputs'"), message);
    assertTrue(message.contains("'many'"), message);
    message = trainingFailsWith("rate: 0.01", "rate: -1");
    assertTrue(message.startsWith(tiny.config() + ":"), message);
    message = trainingFailsWith("seed: 1", "seed: [1, 2]");
    assertTrue(message.startsWith(tiny.config() + ":2:1: 'seed' "), message);
  }

  @Test
  void anImpossibleShapeIsNamedWithLineAndColumn() throws IOException {
    String message = trainingFailsWith("outputs: 3, kernel: 5", "outputs: 3, kernel: 31");
    assertTrue(message.startsWith(tiny.config() + ":7:"), message);
    assertTrue(message.contains("31"), message);
  }

  @Test
  void aLayerTooLargeToBeCountedIsNamedWithLineAndColumn() throws IOException {
    String message = trainingFailsWith("outputs: 3, kernel: 5", "outputs: 2000000000, kernel: 5");
    assertTrue(message.startsWith(tiny.config() + ":7:"), message);
    assertTrue(message.contains("2000000000"), message);
  }

  @Test
  void unknownLayersRulesAndDataSetsAreNamed() throws IOException {
    String message = trainingFailsWith("- triangle", "- triangel");
    assertTrue(message.startsWith(tiny.config() + ":8:"), message);
    assertTrue(message.contains("did you mean 'triangle'?"), message);
  }

  @Test
  void thereMustBeAThread() {
    assertEquals("threads must be at least 1 but is 0", trainingFails("--threads", 0));
    assertEquals(
        "threads must be at least 1 but is -3", Invocation.fails("doctor", "--threads", -3));
    assertEquals("threads must be at most 1024 but is 9999", trainingFails("--threads", 9999));
    assertEquals(
        "Invalid value for option '--threads': 'two' is not an int\n"
            + "Try 'lamina train --help' for more.",
        trainingFails("--threads", "two"));
  }

  @Test
  void aForcedTierThatIsNotThereIsAnErrorWithTheReason() {
    assertEquals(
        "the kernels 'cuda' are not available: this version of Lamina does not have that tier; use"
            + " vector",
        Invocation.fails("train", tiny.config(), "--kernels", "cuda"));
    assertEquals(
        "the kernels 'fast' are not available: there is no such tier; known: reference, vector,"
            + " onednn, cuda",
        Invocation.fails("doctor", "--kernels", "fast"));
  }

  @Test
  void anOutputFolderBelowAFileCannotBeMade() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "precious");
    String message = trainingFails("--out", file.resolve("run"));
    assertTrue(
        message.startsWith("the folder '" + file.resolve("run") + "' cannot be made"), message);
    assertTrue(message.endsWith("name another one with --out"), message);
    assertEquals("precious", Files.readString(file));
  }

  @Test
  void anOutputFolderBelowProcCannotBeMade() {
    String message = trainingFails("--out", "/proc/lamina/run");
    assertTrue(message.startsWith("the folder '/proc/lamina/run' cannot be made"), message);
  }

  @Test
  void aFolderThatHoldsARunIsRefusedAndStaysAsItIs() throws IOException {
    Invocation.succeeds(tiny.training("--out", tiny.run()));
    byte[] before = Files.readAllBytes(tiny.run().resolve("checkpoint.safetensors"));
    String message = trainingFails("--out", tiny.run());
    assertEquals(
        "'"
            + tiny.run()
            + "' holds a run already; go on with it with '--resume "
            + tiny.run()
            + "', or name another folder with --out",
        message);
    assertArrayEquals(before, Files.readAllBytes(tiny.run().resolve("checkpoint.safetensors")));
  }

  @Test
  void optionsThatContradictResumeAreRefused() {
    assertEquals(
        "--resume takes preset, seed, settings and folder from the run; leave those options out",
        Invocation.fails("train", "--resume", tiny.run(), "--seed", 3));
    String message = Invocation.fails("train", "--resume", temp.resolve("none"));
    assertTrue(message.startsWith("'" + temp.resolve("none") + "' holds no run"), message);
  }

  @Test
  void aBrokenDataFileIsNamed() throws IOException {
    Path images = tiny.data().resolve("mnist/train-images-idx3-ubyte");
    Files.write(images, java.util.Arrays.copyOf(Files.readAllBytes(images), 1000));
    String message = trainingFails("--out", tiny.run());
    assertTrue(message.startsWith(images + ""), message);
    assertTrue(message.contains("lamina data fetch mnist"), message);
  }

  @Test
  void aShareOfNothingIsRefused() {
    String message = trainingFails("--validation", 1.5);
    assertTrue(message.contains("'data.validation'"), message);
    assertTrue(message.contains("[0, 1)"), message);
  }

  @Test
  void misspeltCommandsAndOptionsAreAnsweredWithTheNearest() {
    assertEquals(
        "Unmatched argument at index 0: 'trian'\nDid you mean: lamina train or lamina analyze?\n"
            + "Try 'lamina --help' for more.",
        Invocation.fails("trian"));
    assertEquals(
        "Unknown option: '--sed'\nPossible solutions: --set, --seed\n"
            + "Try 'lamina train --help' for more.",
        Invocation.fails("train", "--sed", 1));
  }
}
