package dev.lamina.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.config.Json;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands that look at a trained run.
class RunCommandsTest {
  @TempDir private static Path temp;
  private static TinyRun tiny;

  @BeforeAll
  static void trainOnce() throws IOException {
    tiny = TinyRun.train(temp);
  }

  private static Object[] with(Object... arguments) {
    return TinyRun.join(arguments, tiny.machine());
  }

  private static Map<String, Object> result() throws IOException {
    Path file = tiny.run().resolve("result.json");
    return Json.read(Files.readString(file), "result.json");
  }

  @Test
  void evaluatePrintsAndAddsToTheResultWithoutLosingAnything() throws IOException {
    Map<String, Object> before = result();
    String out = Invocation.succeeds(with("evaluate", tiny.run()));
    Map<String, Object> after = result();
    assertTrue(after.keySet().containsAll(before.keySet()), after.toString());
    assertEquals(before.get("weights_sha256"), after.get("weights_sha256"));
    assertEquals(before.get("test_accuracy"), after.get("test_accuracy"));
    double accuracy = ((Number) after.get("test_accuracy")).doubleValue();
    assertTrue(out.contains("Test accuracy        %.2f %%".formatted(accuracy)), out);
    assertTrue(out.contains("Added to " + tiny.run().resolve("result.json")), out);
    assertTrue(out.contains("True, taken for"), out);
    List<?> confusion = (List<?>) after.get("test_confusion");
    long samples = 0;
    long right = 0;
    for (int c = 0; c < 10; c++) {
      List<?> row = (List<?>) confusion.get(c);
      right += ((Number) row.get(c)).longValue();
      samples += row.stream().mapToLong(count -> ((Number) count).longValue()).sum();
    }
    assertEquals(TinyRun.TEST, samples);
    assertEquals(accuracy, 100.0 * right / samples);
    assertEquals(10, ((Map<?, ?>) after.get("test_class_accuracy")).size());
    double top5 = ((Number) after.get("test_top5_accuracy")).doubleValue();
    assertTrue(top5 >= accuracy && top5 <= 100, after.toString());
  }

  @Test
  void evaluateTakesACheckpointThatWasMovedAwayOnceTheDataAreNamed() throws IOException {
    Path alone = Files.createDirectories(temp.resolve("alone")).resolve("moved.safetensors");
    Path checkpoint = tiny.run().resolve("checkpoint.safetensors");
    Files.copy(checkpoint, alone, StandardCopyOption.REPLACE_EXISTING);
    String message = Invocation.fails(with("evaluate", alone));
    assertEquals(
        "there is no config.yaml beside '"
            + alone
            + "' that names the data set; name it with --dataset",
        message);
    String out = Invocation.succeeds(with("evaluate", alone, "--dataset", "mnist"));
    assertTrue(out.contains("Test accuracy"), out);
    assertEquals(-1, out.indexOf("Added"), out);
  }

  @Test
  void predictNamesTheClassOfPicturesOfAnySizeAndColour() throws IOException {
    Path grey = picture("grey.png", 28, BufferedImage.TYPE_BYTE_GRAY, 3);
    Path colours = picture("colours.jpg", 56, BufferedImage.TYPE_INT_RGB, 7);
    String out = Invocation.succeeds(with("predict", tiny.run(), grey, colours));
    List<String> lines = out.lines().toList();
    assertEquals(2, lines.size(), out);
    String form = ": [0-9]  \\([0-9] [0-9.]+ %, [0-9] [0-9.]+ %, [0-9] [0-9.]+ %\\)";
    assertTrue(lines.get(0).replace(grey.toString(), "").matches(form), out);
    assertTrue(lines.get(1).replace(colours.toString(), "").matches(form), out);
  }

  @Test
  void predictAnswersProgramsInJson() throws IOException {
    Path grey = picture("json.png", 28, BufferedImage.TYPE_BYTE_GRAY, 5);
    Path checkpoint = tiny.run().resolve("checkpoint.safetensors");
    String out = Invocation.succeeds(with("predict", checkpoint, grey, "--json"));
    Map<String, Object> line = Json.read(out, "the output");
    assertEquals(List.of("image", "class", "probability", "best"), List.copyOf(line.keySet()));
    assertEquals(grey.toString(), line.get("image"));
    List<?> best = (List<?>) line.get("best");
    assertEquals(3, best.size());
    Map<?, ?> first = (Map<?, ?>) best.getFirst();
    assertEquals(line.get("class"), first.get("class"));
    assertEquals(line.get("probability"), first.get("probability"));
  }

  private static Path picture(String name, int side, int type, int label) throws IOException {
    BufferedImage image = new BufferedImage(side, side, type);
    byte[] pixels = TinyRun.image(label);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int grey = pixels[y * 28 / side * 28 + x * 28 / side] & 0xFF;
        image.setRGB(x, y, grey << 16 | grey << 8 | grey);
      }
    }
    Path file = temp.resolve(name);
    String format = name.substring(name.indexOf('.') + 1);
    assertTrue(ImageIO.write(image, format, file.toFile()), "no writer for " + format);
    return file;
  }

  @Test
  void featuresAreNumPyFilesInChannelsFirstOrder() throws IOException {
    String out = Invocation.succeeds(with("features", tiny.run()));
    Path file = tiny.run().resolve("features-test.npy");
    Path labels = tiny.run().resolve("features-test-labels.npy");
    assertTrue(out.contains(file + "  [20, 3, 6, 6]"), out);
    assertTrue(header(file).contains("'shape': (20, 3, 6, 6,)"), header(file));
    assertTrue(header(file).contains("'descr': '<f4'"), header(file));
    assertEquals(128 + 4 * 20 * 3 * 36, Files.size(file));
    ByteBuffer numbers = ByteBuffer.wrap(Files.readAllBytes(labels)).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < TinyRun.TEST; i++) {
      assertEquals(i % 10, numbers.getInt((int) Files.size(labels) - 4 * (TinyRun.TEST - i)));
    }
  }

  @Test
  void featuresOfAnotherBlockAndPartGoWhereTheyAreSent() throws IOException {
    Path file = temp.resolve("scores.npy");
    Invocation.succeeds(
        with("features", tiny.run(), "--part", "train", "--block", "head", "--out", file));
    assertTrue(header(file).contains("'shape': (40, 10,)"), header(file));
    assertTrue(Files.exists(temp.resolve("scores-labels.npy")));
    Path below = tiny.config().resolve("x.npy");
    String message = Invocation.fails(with("features", tiny.run(), "--out", below));
    assertTrue(message.contains(below.toString()), message);
    assertEquals(
        "there is no block 'haed' in the network; did you mean 'head'?",
        Invocation.fails(with("features", tiny.run(), "--block", "haed")));
  }

  private static String header(Path file) throws IOException {
    return new String(Files.readAllBytes(file), 10, 118, StandardCharsets.ISO_8859_1);
  }

  @Test
  void showListsLayersAndTensorsOfARun() {
    String out = Invocation.succeeds("show", tiny.run());
    assertTrue(out.contains("b1     soft-hebb  convolution  3 x 12 x 12          75"), out);
    assertTrue(out.contains("b1.convolution.weight  F32   [3, 1, 5, 5]"), out);
    assertTrue(out.contains("head.dense.weight      F32   [10, 108]"), out);
    assertTrue(out.contains("\nPhase  learns  epochs  batch"), out);
  }

  @Test
  void resumingAFinishedRunPrintsItsResult() throws IOException {
    String out = Invocation.succeeds("train", "--resume", tiny.run());
    double accuracy = ((Number) result().get("test_accuracy")).doubleValue();
    assertTrue(out.contains("%.2f %%".formatted(accuracy)), out);
  }

  @Test
  void aFolderOfPicturesIsLearnedShownAndEvaluated() throws IOException {
    for (String part : List.of("train", "test")) {
      for (int label : List.of(1, 8)) {
        Files.createDirectories(temp.resolve("pets/" + part + "/kind" + label));
        picture("pets/" + part + "/kind" + label + "/a.png", 20, BufferedImage.TYPE_INT_RGB, label);
      }
    }
    String yaml =
        TinyRun.CONFIG.replace(
            "{name: mnist}",
            "{name: pets, folder: '" + temp.resolve("pets") + "', sample: [28, 28, 3]}");
    Path config = Files.writeString(temp.resolve("pets.yaml"), yaml);
    assertTrue(Invocation.succeeds("show", config).contains("[3, 3, 5, 5]"));
    Path run = temp.resolve("pets-run");
    Invocation.succeeds("train", config, "--out", run, "--kernels", "reference");
    String out = Invocation.succeeds("evaluate", run, "--kernels", "reference");
    assertTrue(out.contains("kind8"), out);
    assertEquals(
        "'mnist' has 10 classes, but the network's output is [2]; take the data set that it was"
            + " trained on",
        Invocation.fails(with("evaluate", run, "--dataset", "mnist")));
    assertEquals(
        "the network reads samples of [28, 28, 3], but those of 'mnist' are [28, 28, 1]; take the"
            + " data set that it was trained on",
        Invocation.fails(
            with("features", run, "--dataset", "mnist", "--out", temp.resolve("x.npy"))));
    assertFalse(Files.exists(temp.resolve("x.npy")));
  }

  @Test
  void aRunWithoutATrainedHeadIsEvaluatedByItsNeurons() throws IOException {
    Path run = temp.resolve("unsupervised");
    String blocks =
        "network.blocks=[{name: b1, layers: [flatten, {dense: {outputs: 30, bias: false}},"
            + " softmax], rule: soft-hebb}, {name: head, layers: [dense]}]";
    Invocation.succeeds(
        tiny.training("--out", run, "--set", blocks, "--set", "training-blocks=[b1]"));
    String out = Invocation.succeeds(with("evaluate", run));
    assertTrue(out.contains("Test accuracy without labels"), out);
    assertEquals(-1, out.indexOf("Among the best five"), out);
  }
}
