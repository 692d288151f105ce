package dev.lamina.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pictures of `lamina analyze`.
class AnalyzeCommandTest {
  private static final String CONFIG =
      """
      data: {name: mnist}
      seed: 1
      rule: {hsic-bottleneck: {sigma: 5, beta: 100}}
      network:
        blocks:
          - name: first
            layers: [flatten, dense: {outputs: 8}, batch-norm, relu]
          - name: last
            layers: [dense: {outputs: %d}, batch-norm, tanh]
      training: simultaneous
      supervised:
        epochs: 3
        batch: 20
        order: file
        optimizer: sgd
        rate: 0.001
        evaluation: {statistics: batch, batch: 20, training: true}
      keep: [1, 3]
      keep-steps: 2
      """;

  @TempDir Path temp;

  private Path train(int units) throws IOException {
    TinyRun tiny = TinyRun.prepare(temp);
    Files.writeString(tiny.config(), CONFIG.formatted(units));
    Invocation.succeeds(tiny.training("--out", tiny.run()));
    return tiny.run();
  }

  private String outputs(Path run, Object... options) throws IOException {
    Path out = temp.resolve("picture");
    Object[] fixed = {"analyze", "outputs", run, "--data", temp.resolve("data"), "--out", out};
    Invocation.succeeds(TinyRun.join(fixed, options));
    return Files.readString(out);
  }

  @Test
  void manyUnitsAreDrawnByClassAndTheResultNamesThoseOfTheClasses() throws IOException {
    Path run = train(10);
    String svg = outputs(run);
    for (int label = 0; label < 10; label++) {
      assertTrue(svg.contains("class " + label + ": unit "), svg);
    }
    String result = Files.readString(run.resolve("result.json"));
    assertTrue(result.contains("\"unit_of_class_9\""), result);
    assertTrue(result.contains("\"last_hy\""), result);
    String evaluated = Invocation.succeeds("evaluate", run, "--data", temp.resolve("data"));
    assertTrue(evaluated.contains("Running unit of class 9"), evaluated);
  }

  @Test
  void anAnimationHasAPictureForEachCheckpointThatWasKept() throws IOException {
    String html = outputs(train(10), "--animate");
    assertEquals(5, html.split("<svg", -1).length - 1); // epochs 1 and 3, updates 2, 4 and 6
    assertTrue(html.indexOf("all, epoch 1") < html.indexOf("all, update 2"), "in their order");
  }

  @Test
  void oneUnitIsDrawnAsADensityOfEachClass() throws IOException {
    String svg = outputs(train(1));
    assertEquals(10, svg.split("<path", -1).length - 1);
  }

  @Test
  void runsAreDrawnOverOneAnother() throws IOException {
    Path run = train(10);
    Path out = temp.resolve("curves.svg");
    Invocation.succeeds("analyze", "curves", "last_hx", run, run, "--event", "step", "--out", out);
    String svg = Files.readString(out);
    assertEquals(2, svg.split("fill-opacity", -1).length - 1);
  }

  /// A layer is like itself; the picture is square, and its diagonal is 1.
  @Test
  void layersOfTwoRunsAreCompared() throws IOException {
    Path run = train(10);
    Path out = temp.resolve("cka.svg");
    Object[] command = {"analyze", "cka", run, run, "--data", temp.resolve("data"), "--out", out};
    Invocation.succeeds(TinyRun.join(command, new Object[] {"--samples", "10"}));
    String svg = Files.readString(out);
    assertTrue(svg.contains(">first.batch-norm<") && svg.contains(">last.tanh<"), svg);
    assertTrue(svg.split(">1.00<", -1).length - 1 >= 6, svg); // six layers that are no views
  }

  @Test
  void aComparisonNeedsTwoSamplesAtLeast() throws IOException {
    Path run = train(10);
    String message = Invocation.fails("analyze", "cka", run, run, "--samples", "1");
    assertTrue(message.contains("--samples is 1"), message);
  }

  @Test
  void aFigureThatARunHasNotIsNamed() throws IOException {
    Path run = train(10);
    String message = Invocation.fails("analyze", "curves", "nothing", run);
    assertTrue(message.contains("has logged no 'nothing'"), message);
  }
}
