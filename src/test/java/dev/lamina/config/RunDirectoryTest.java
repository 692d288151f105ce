package dev.lamina.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lamina.network.Settings;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Tensor;
import dev.lamina.train.Checkpoint;
import dev.lamina.train.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
  @TempDir Path temp;

  @Test
  void numbersRunsAndPointsToTheLatest() throws IOException {
    Path runs = temp.resolve("runs");
    try (RunDirectory first = RunDirectory.createNext(runs, "mnist-softhebb");
        RunDirectory second = RunDirectory.createNext(runs, "mnist-radius/r2")) {
      assertEquals(runs.resolve("001-mnist-softhebb"), first.path());
      assertEquals(runs.resolve("002-mnist-radius-r2"), second.path());
      second.becomeLatest();
    }
    assertEquals(Path.of("002-mnist-radius-r2"), Files.readSymbolicLink(runs.resolve("latest")));
    Files.createDirectory(runs.resolve("041-x"));
    Files.createDirectory(runs.resolve("x-99"));
    try (RunDirectory next = RunDirectory.createNext(runs, "y")) {
      assertEquals(runs.resolve("042-y"), next.path());
    }
  }

  @Test
  void leavesNothingOfARunThatCouldNotBegin() {
    RunDirectory run = RunDirectory.createNext(temp, "x");
    run.writeConfig(Settings.empty().with("seed", 1));
    run.discard();
    assertFalse(Files.exists(temp.resolve("001-x")));
  }

  @Test
  void refusesAFolderThatHoldsARun() {
    Path folder = temp.resolve("mine");
    try (RunDirectory run = RunDirectory.create(folder)) {
      run.writeConfig(Settings.empty().with("seed", 3));
      assertEquals(3, run.config().integer("seed", 0));
    }
    assertMessage(
        "'"
            + folder
            + "' holds a run already; go on with it with '--resume "
            + folder
            + "', or name another folder with --out",
        () -> RunDirectory.create(folder));
  }

  @Test
  void refusesAFolderWithFilesOfSomebodyElse() throws IOException {
    Files.writeString(temp.resolve("thesis.txt"), "precious");
    assertMessage(
        "'" + temp + "' holds files that are no run; name a new folder with --out",
        () -> RunDirectory.create(temp));
    assertEquals("precious", Files.readString(temp.resolve("thesis.txt")));
  }

  @Test
  void saysWhyAFolderCannotBeMade() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "x");
    assertMessage(
        "the folder '"
            + file.resolve("a/b")
            + "' cannot be made (Not a directory); name another one"
            + " with --out",
        () -> RunDirectory.create(file.resolve("a/b")));
    assertMessage(
        "the folder '"
            + file
            + "' cannot be made ('"
            + file
            + "' is a file); name another one with"
            + " --out",
        () -> RunDirectory.create(file));
    Path proc = Path.of("/proc/lamina");
    assumeTrue(Files.isDirectory(Path.of("/proc/self")));
    String message =
        assertThrows(LaminaException.class, () -> RunDirectory.create(proc)).getMessage();
    assertTrue(message.startsWith("the folder '/proc/lamina' cannot be made ("), message);
  }

  @Test
  void refusesToOpenAFolderWithoutARun() {
    assertMessage(
        "'" + temp + "' holds no run: there is no config.yaml; name a folder such as runs/latest",
        () -> RunDirectory.open(temp));
  }

  @Test
  void cutsLogsBackToTheCheckpoint() throws IOException {
    Path folder = temp.resolve("run");
    try (RunDirectory run = RunDirectory.create(folder)) {
      run.writeConfig(Settings.empty().with("seed", 0));
      run.metrics(Map.of("step", 1));
      run.log("first");
      run.writeCheckpoint(checkpoint());
      run.metrics(Map.of("step", 2));
      run.log("second");
    }
    try (RunDirectory run = RunDirectory.open(folder)) {
      assertEquals(7, run.resume().orElseThrow().position().step());
      run.metrics(Map.of("step", 3));
    }
    assertEquals(
        List.of("{\"step\":1}", "{\"step\":3}"),
        Files.readAllLines(folder.resolve("metrics.jsonl")));
    List<String> log = Files.readAllLines(folder.resolve("log.txt"));
    assertEquals(1, log.size());
    assertTrue(log.getFirst().matches("[0-9:]{8} first"), log.getFirst());
  }

  @Test
  void beginsAgainWithoutACheckpoint() throws IOException {
    Path folder = temp.resolve("run");
    try (RunDirectory run = RunDirectory.create(folder)) {
      run.writeConfig(Settings.empty().with("seed", 0));
      run.metrics(Map.of("step", 1));
    }
    try (RunDirectory run = RunDirectory.open(folder)) {
      assertTrue(run.resume().isEmpty());
    }
    assertEquals(0, Files.size(folder.resolve("metrics.jsonl")));
  }

  @Test
  void namesAFullDisk() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));
    Path folder = Files.createDirectory(temp.resolve("run"));
    Files.writeString(folder.resolve("config.yaml"), "seed: 0\n");
    Files.createSymbolicLink(folder.resolve("log.txt"), full);
    try (RunDirectory run = RunDirectory.open(folder)) {
      assertMessage(
          folder.resolve("log.txt")
              + ": cannot be written (No space left on device); free space"
              + " there, then go on with --resume",
          () -> run.log("x"));
    }
  }

  @Test
  void keepsResults() {
    try (RunDirectory run = RunDirectory.create(temp.resolve("run"))) {
      assertTrue(run.result().isEmpty());
      run.writeResult(Map.of("test_accuracy", 98.5, "phases", List.of(Map.of("name", "b1"))));
      assertEquals(98.5, run.result().orElseThrow().get("test_accuracy"));
      assertFalse(Environment.describe().get("cpu").toString().isEmpty());
    }
  }

  private static Checkpoint checkpoint() {
    Tensor w = Tensor.zeros(DType.F32, 2, 3);
    return new Checkpoint(
        Map.of("b1.dense.weight", w),
        Map.of(),
        new Position(0, 0, 0, 0, 7, 1, 1),
        Map.of("format", "lamina-checkpoint", "version", "1"));
  }

  private static void assertMessage(String message, Runnable action) {
    assertEquals(message, assertThrows(LaminaException.class, action::run).getMessage());
  }
}
