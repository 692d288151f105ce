package dev.lamina.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.data.Safetensors;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Checkpoints that are damaged or of something else, and what evaluate, predict and --resume say.
class BadCheckpointTest {
  @TempDir Path temp;
  private TinyRun tiny;
  private Path checkpoint;
  private byte[] whole;

  @BeforeEach
  void trainAndUnfinish() throws IOException {
    tiny = TinyRun.train(temp);
    checkpoint = tiny.run().resolve("checkpoint.safetensors");
    whole = Files.readAllBytes(checkpoint);
    Files.delete(tiny.run().resolve("result.json")); // so that the run counts as unfinished
  }

  private Object[] with(Object... arguments) {
    return TinyRun.join(arguments, tiny.machine());
  }

  /// The one message of the three commands that read a checkpoint.
  private String everybodySays() {
    String message = Invocation.fails(with("evaluate", tiny.run()));
    assertEquals(message, Invocation.fails(with("predict", checkpoint, "a.png")));
    assertEquals(message, Invocation.fails(with("train", "--resume", tiny.run())));
    assertEquals(message, Invocation.fails("show", tiny.run()));
    return message;
  }

  @Test
  void aTruncatedCheckpointIsNamed() throws IOException {
    for (int length : List.of(0, 5, 8, 100, whole.length - 1)) {
      Files.write(checkpoint, Arrays.copyOf(whole, length));
      String message = everybodySays();
      assertTrue(message.startsWith(checkpoint + ": "), message);
      assertTrue(message.contains("take another"), length + ": " + message);
      assertEquals(length, Files.size(checkpoint));
    }
  }

  @Test
  void aCheckpointWithALyingHeaderIsNamed() throws IOException {
    byte[] lying = whole.clone();
    lying[6] = 0x7f;
    Files.write(checkpoint, lying);
    String message = everybodySays();
    assertTrue(message.startsWith(checkpoint + ": claims a header of "), message);
  }

  @Test
  void somebodyElsesTensorsAreNoModel() throws IOException {
    Files.delete(checkpoint);
    Safetensors.write(checkpoint, Map.of("x", Tensor.zeros(DType.F32, 2)), Map.of());
    assertEquals(
        checkpoint
            + ": is no model of Lamina: its metadata lack the format 'lamina-checkpoint'; give the"
            + " checkpoint.safetensors of a run",
        everybodySays());
  }

  @Test
  void aCheckpointOfAnotherNetworkDoesNotContinueARun() throws IOException {
    Path other = temp.resolve("other");
    Invocation.succeeds(
        tiny.training(
            "--out", other, "--set", "network.blocks[b1].layers[0].convolution.outputs=4"));
    Files.copy(
        other.resolve("checkpoint.safetensors"),
        checkpoint,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertEquals(
        "the weights do not fit the network: 'b1.convolution.weight' is [4, 1, 5, 5] but must be"
            + " [3, 1, 5, 5]; 'head.dense.weight' is [10, 144] but must be [10, 108] ('lamina show'"
            + " prints the names and shapes)",
        Invocation.fails(with("train", "--resume", tiny.run())));
    assertFalse(Files.exists(tiny.run().resolve("result.json")));
  }

  @Test
  void aRunOnOtherDataIsRefused() throws IOException {
    String message = Invocation.fails(with("evaluate", tiny.run(), "--dataset", "mnits"));
    assertTrue(message.startsWith("there is no data set 'mnits'"), message);
  }

  @Test
  void aFolderWithoutARunIsNamed() throws IOException {
    assertEquals(
        "there is no run '"
            + temp.resolve("none")
            + "'; name a run directory, runs/latest or a checkpoint file, or train one with 'lamina"
            + " train'",
        Invocation.fails(with("evaluate", temp.resolve("none"))));
    assertEquals(
        "'" + temp + "' holds no run: there is no checkpoint.safetensors in it",
        Invocation.fails(with("features", temp)));
    Files.delete(checkpoint);
    assertEquals(
        "'"
            + tiny.run()
            + "' has no checkpoint yet; go on with it with 'lamina train --resume "
            + tiny.run()
            + "'",
        Invocation.fails(with("evaluate", tiny.run())));
  }

  @Test
  void whatIsNoPictureIsNamed() throws IOException {
    Path missing = temp.resolve("none.png");
    assertEquals(
        missing + ": there is no such file; check its name",
        Invocation.fails(with("predict", tiny.run(), missing)));
    Path text = Files.writeString(temp.resolve("text.png"), "no picture");
    String message = Invocation.fails(with("predict", tiny.run(), text));
    assertTrue(message.startsWith(text + ": this picture cannot be decoded"), message);
  }

  @Test
  void foreignWeightsStartATraining() throws IOException {
    Path run = temp.resolve("started");
    Path weights = temp.resolve("weights.safetensors");
    Safetensors.write(weights, tensors(), Map.of());
    Invocation.succeeds(
        tiny.training(
            "--out", run, "--set", "weights=" + weights, "--set", "training-blocks=[head]"));
    String kept = "b1.convolution.weight";
    assertArrayEquals(
        tensors().get(kept).toDoubles(),
        Safetensors.open(run.resolve("checkpoint.safetensors")).read(kept).toDoubles());
  }

  @Test
  void theCheckpointOfARunStartsAnother() throws IOException {
    Path run = temp.resolve("next");
    Invocation.succeeds(tiny.training("--out", run, "--set", "weights=" + checkpoint));
    assertFalse(Arrays.equals(whole, Files.readAllBytes(run.resolve("checkpoint.safetensors"))));
  }

  @Test
  void foreignWeightsThatDoNotFitAreListedTogether() throws IOException {
    Path weights = temp.resolve("weights.safetensors");
    Map<String, Tensor> tensors = tensors();
    tensors.remove("head.dense.bias");
    tensors.put("head.dense.bais", Tensor.zeros(DType.F32, 10));
    tensors.put("b1.convolution.weight", Tensor.zeros(DType.F32, 3, 5, 5, 1));
    Safetensors.write(weights, tensors, Map.of());
    assertEquals(
        "the weights do not fit the network: 'b1.convolution.weight' is [3, 5, 5, 1] but must be"
            + " [3, 1, 5, 5]; missing 'head.dense.bias' [10]; extra 'head.dense.bais' ('lamina"
            + " show' prints the names and shapes)",
        Invocation.fails(
            tiny.training("--out", temp.resolve("started"), "--set", "weights=" + weights)));
  }

  private Map<String, Tensor> tensors() throws IOException {
    Path copy = Files.write(temp.resolve("copy.safetensors"), whole);
    Safetensors in = Safetensors.open(copy);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String name : in.names()) {
      if (!name.startsWith("state.")) {
        tensors.put(name, in.read(name));
      }
    }
    return tensors;
  }

  @Test
  void weightsThatBecomeInfiniteStopTheTrainingAndNameBlockAndUpdate() {
    Path run = temp.resolve("exploding");
    String message =
        Invocation.fails(
            tiny.training(
                "--out", run, "--set", "supervised={epochs: 3, batch: 10, rate: 1.0e38}"));
    assertTrue(message.contains("block 'head'"), message);
    assertTrue(message.contains("update "), message);
    assertTrue(message.contains("lower the learning rate"), message);
    Safetensors kept = Safetensors.open(run.resolve("checkpoint.safetensors"));
    for (String name : kept.names()) {
      for (double value : kept.read(name).toDoubles()) {
        assertTrue(Double.isFinite(value), name);
      }
    }
  }
}
