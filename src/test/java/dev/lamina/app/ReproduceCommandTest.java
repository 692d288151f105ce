package dev.lamina.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.config.Estimate;
import dev.lamina.config.Presets;
import dev.lamina.config.ResultRecord;
import dev.lamina.config.Results;
import dev.lamina.config.Rows;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class ReproduceCommandTest {
  private static ResultRecord record(String name, Map<String, Object> values) {
    return new ResultRecord(name, values);
  }

  @Test
  void listsEveryRowWithPublishedAndOwnFigureAndTime() {
    Results results =
        new Results(
            List.of(
                record(
                    "cifar10-softhebb-1", Map.of("test_accuracy", 71.0, "band", List.of(70, 100))),
                record("cifar10-softhebb-1-seed-1", Map.of("test_accuracy", 72.0)),
                record("cifar10-softhebb-2-wf1", Map.of("test_accuracy", 99.0)),
                record("cifar10-hard-1", Map.of("failed", "no data"))));
    Rows rows = Rows.of(Presets.shipped());
    String text = new RowTable(results, new Estimate(75, "cpu", 2)).text(rows.chosen("softhebb"));
    assertTrue(
        line(text, "cifar10-softhebb-1 ").contains("71.09  70.3-100.0  71.50, 2 seeds"), text);
    assertTrue(line(text, "cifar10-softhebb-2 ").contains("20 min"), text);
    assertTrue(line(text, "cifar10-hard-1 ").contains("failed"), text);
    assertEquals(
        rows.chosen("softhebb").size(),
        text.lines().filter(l -> l.startsWith("softhebb/")).count());
  }

  private static String line(String text, String row) {
    return text.lines().filter(l -> l.startsWith("softhebb/" + row)).findFirst().orElseThrow();
  }

  @Test
  void readsTimes() {
    Budget budget = new Budget();
    assertEquals(7200, budget.convert("2h"));
    assertEquals(5400, budget.convert("90m"));
    assertEquals(5445, budget.convert("1h30m45s"));
    for (String wrong : List.of("", "2", "h", "2 h", "2d", "m2")) {
      assertThrows(TypeConversionException.class, () -> budget.convert(wrong), wrong);
    }
  }

  @Test
  void refusesWhatIsNotThereInOneLine() {
    assertEquals(
        "nothing is known of a system 'softheb'; did you mean 'softhebb'?",
        Invocation.fails("reproduce", "softheb"));
    assertTrue(
        Invocation.fails("reproduce", "softhebb", "--budget", "soon")
            .contains("no time such as 2h"));
  }

  @Test
  void helpNamesTheOptions() {
    String help = Invocation.succeeds("reproduce", "--help");
    for (String word : List.of("FAMILY[/ROW]", "--list", "--seeds", "--budget", "--data")) {
      assertTrue(help.contains(word), help);
    }
  }
}
