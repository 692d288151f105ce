package dev.lamina;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lamina.testkit.SmallDigits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A training gives the same bits at every vector width, compiled and interpreted.
///
/// It is small, some 5 MFLOP: interpreted vector code, and a width that the CPU lacks, make a few
/// MFLOP a second.
class WidthsIT {
  private static final int SAMPLES = 20;
  private static final List<String> OPTIONS =
      List.of(
          "",
          "-Dlamina.vector.bits=128",
          "-Dlamina.vector.bits=256",
          "-Dlamina.vector.bits=512",
          "-Xint");

  private static final String DOCUMENT =
      """
      data: {name: mnist}
      network:
        blocks:
          - name: b1
            layers:
              - batch-norm
              - convolution: {outputs: 20, kernel: 5, stride: 3, initial: {normal-radius: {radius: 5}}}
              - triangle: {power: 0.7}
              - max-pool: {kernel: 2}
            rule: {soft-hebb: {competition: soft-anti, inverse-temperature: 4, rate: 0.08}}
          - name: head
            layers: [flatten, dropout, dense]
            rule: backprop
      training: successive
      unsupervised: {epochs: 1, batch: 7}
      supervised: {epochs: 2, batch: 7, optimizer: adam, rate: 0.01, evaluate-every: 0}
      """;

  @Test
  void widthAndCompilationChangeNothing(@TempDir Path temp) throws Exception {
    Path data = SmallDigits.write(temp.resolve("data"), SAMPLES);
    Path document = Files.writeString(temp.resolve("small.yaml"), DOCUMENT);
    List<ImageRun> runs = new ArrayList<>();
    for (String options : OPTIONS) {
      Path directory = temp.resolve("run-" + runs.size());
      runs.add(ImageRun.begin(directory, document, options, "--data", data.toString()));
    }
    for (int i = 0; i < runs.size(); i++) {
      assertEquals(0, runs.get(i).end(), runs.get(i).said());
      assertEquals(runs.getFirst().outcome(), runs.get(i).outcome(), OPTIONS.get(i));
    }
  }
}
