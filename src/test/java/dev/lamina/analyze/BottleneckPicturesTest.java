package dev.lamina.analyze;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.measure.ClassResponses;
import dev.lamina.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The pictures of the HSIC bottleneck (`specs/hsic-bottleneck.md`, section 12).
class BottleneckPicturesTest {
  /// Class c answers with unit 2 - c, as strong as 2.
  @Test
  void theUnitPictureNamesTheUnitOfEveryClass() {
    ClassResponses responses = new ClassResponses(3, 3);
    for (int label = 0; label < 3; label++) {
      double[] out = new double[3];
      out[2 - label] = 2;
      responses.add(Tensor.of(out), Tensor.of(new int[] {label}));
    }
    String svg = UnitPicture.of("units", responses);
    for (int label = 0; label < 3; label++) {
      assertTrue(svg.contains("class " + label + ": unit " + (2 - label)), svg);
    }
  }

  @Test
  void densitiesHaveTheirPeaksWhereTheValuesAre() {
    double[] points = Density.points(-1.3, 1.3, 150);
    double last = Double.NEGATIVE_INFINITY;
    for (double centre : new double[] {-0.9, -0.2, 0.1, 0.8}) {
      double[] values = {centre - 0.1, centre - 0.02, centre, centre + 0.02, centre + 0.1};
      double[] density = Density.at(points, values);
      int top =
          IntStream.range(0, points.length)
              .reduce((a, b) -> density[a] >= density[b] ? a : b)
              .orElseThrow();
      assertEquals(centre, points[top], 0.02);
      assertTrue(points[top] > last, "peaks are not sorted");
      last = points[top];
    }
  }

  /// The trapezoidal rule over all of the density.
  @Test
  void aDensityHasTheAreaOne() {
    double[] points = Density.points(-4, 4, 2001);
    double[] density = Density.at(points, new double[] {-0.5, 0, 0.1, 0.9});
    double area = IntStream.range(0, points.length).mapToDouble(i -> density[i]).sum() * 8 / 2000;
    assertEquals(1, area, 1e-6);
  }

  @Test
  void equalValuesAreDrawnAsALine() {
    double[] same = {0.5, 0.5};
    assertEquals(0, Density.bandwidth(same));
    assertThrows(IllegalArgumentException.class, () -> Density.at(new double[] {0}, same));
    String svg = NeedlePicture.of("needle", List.of(same, new double[] {0, 0.1, 0.3}));
    assertEquals(2, svg.split("<path", -1).length - 1);
  }

  @Test
  void anAnimationHoldsAllFramesAndTheirTime() {
    String html = Animation.html("a < b", List.of("<svg>1</svg>", "<svg>2</svg>"), 20);
    assertTrue(html.contains("<title>a &lt; b</title>"), html);
    assertEquals(2, html.split("class=\"frame\"", -1).length - 1);
    assertTrue(html.contains("max=\"1\"") && html.contains("}, 20);"), html);
  }
}
