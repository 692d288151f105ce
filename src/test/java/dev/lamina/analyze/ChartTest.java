package dev.lamina.analyze;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.analyze.Chart.Panel;
import dev.lamina.analyze.Chart.Reference;
import dev.lamina.analyze.Chart.Series;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class ChartTest {
  @Test
  void labelsEachCurveAtItsEndAndNamesTheAxes() throws Exception {
    Series s = new Series("a < b", List.of(0.0, 1.0, 2.0), List.of(70.0, Double.NaN, 90.0));
    String svg =
        Chart.of(
            "run",
            List.of(
                new Panel(
                    "title",
                    "epochs",
                    "accuracy, %",
                    List.of(s),
                    Optional.of(new Reference("published", 80)))));
    requireXml(svg);
    for (String text : List.of("run", "title", "epochs", "accuracy, %", "a &lt; b", "published")) {
      assertTrue(svg.contains(">" + text + "<"), text);
    }
  }

  @Test
  void labelsNeverOverlap() {
    List<Double> heights =
        Chart.of("x", List.of(new Panel("t", "x", "y", close(), Optional.empty())))
            .lines()
            .filter(line -> line.contains(">near"))
            .map(line -> Double.parseDouble(line.replaceAll(".* y=\"([^\"]*)\".*", "$1")))
            .sorted()
            .toList();
    assertEquals(4, heights.size());
    for (int i = 1; i < heights.size(); i++) {
      assertTrue(heights.get(i) - heights.get(i - 1) >= 15, heights.toString());
    }
  }

  private static List<Series> close() {
    List<Double> x = List.of(0.0, 1.0);
    return List.of(
        new Series("near 1", x, List.of(0.0, 0.0)),
        new Series("near 2", x, List.of(1.0, 0.0)),
        new Series("near 3", x, List.of(2.0, 0.01)),
        new Series("near 4", x, List.of(3.0, 0.02)));
  }

  @Test
  void ticksAreRoundNumbers() {
    Axis axis = Axis.around(71.2, 91.9, 0, 100);
    assertEquals(List.of(0.0, 20.0, 40.0, 60.0, 80.0, 100.0), Axis.around(3, 99, 0, 1).ticks());
    assertEquals("75", axis.label(axis.ticks().get(1)));
    assertEquals("0.25", Axis.around(0, 1.25, 0, 1).label(0.25));
    assertEquals(0, axis.pixel(axis.low()));
    assertEquals(100, axis.pixel(axis.high()));
  }

  @Test
  void aMatrixShowsCountsAndShares() throws Exception {
    String svg =
        ConfusionMatrix.of(new int[][] {{9, 1}, {0, 0}}, List.of("cat & dog", "bird"), "90 %");
    requireXml(svg);
    assertTrue(svg.contains("90.0 %") && svg.contains(">9<") && svg.contains("cat &amp; dog"), svg);
  }

  private static void requireXml(String svg) throws Exception {
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }
}
