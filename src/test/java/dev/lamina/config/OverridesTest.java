package dev.lamina.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lamina.network.Settings;
import dev.lamina.tensor.LaminaException;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverridesTest {
  private static final String DOCUMENT =
      """
      seed: 0
      network:
        blocks:
          - name: b1
            layers: [{convolution: {outputs: 96, kernel: 5}}]
          - name: head
            layers: [flatten, dropout, dense]
      """;

  @Test
  void replacesValuesAtTheirPath() {
    assertEquals(
        """
        seed: 7
        network:
          blocks:
            - {name: b1, layers: [{convolution: {outputs: 64, kernel: 5}}]}
            - name: head
              layers: [flatten, {dropout: {p: 0.4}}, dense]
              rule:
                backprop: {clip: 1}
        supervised:
          schedule:
            step: {size: 5, gamma: 0.5}
        """,
        set(
            "seed=7",
            "network.blocks[0].layers[0].convolution.outputs=64",
            "network.blocks[head].layers[1].dropout.p=0.4",
            "network.blocks[head].rule={backprop: {clip: 1}}",
            "supervised.schedule={step: {size: 5, gamma: 0.5}}"));
  }

  @Test
  void aStarStandsForEveryElementIntoWhichThePathLeads() {
    assertEquals(
        """
        seed: 0
        network:
          blocks:
            - name: b1
              layers: [{convolution: {outputs: 96, kernel: 5}}]
              rate: 0
            - {name: head, layers: [flatten, {dropout: {p: 0.1}}, dense], rate: 0}
        """,
        set("network.blocks[*].rate=0", "network.blocks[*].layers[*].dropout.p=0.1"));
    assertFails(
        "network.blocks[*].layers[*].winner.p=1",
        "'network.blocks' has no element into which the path leads");
  }

  @Test
  void namesTheAssignmentInLaterErrors() {
    Settings s =
        Overrides.apply(YamlSettings.read(DOCUMENT, "a.yaml"), List.of("training.epoks=3"));
    Settings training = s.child("training");
    training.integer("epochs", 1, 1);
    assertEquals(
        "--set training.epoks=3: unknown key 'epoks' in 'training'; did you mean 'epochs'?",
        assertThrows(LaminaException.class, training::finish).getMessage());
  }

  @Test
  void refusesPathsThatLeadNowhere() {
    assertFails("seed", "must have the form path=value");
    assertFails("a..b=1", "'a..b' is not a path such as network.blocks[0].rule");
    assertFails("[0]=1", "'[0]' is not a path such as network.blocks[0].rule");
    assertFails("seed.x=1", "'seed' is '0', which has no settings");
    assertFails("seed[0]=1", "'seed' is not a list");
    assertFails(
        "network.blocks.x=1", "'network.blocks' is a list; an index such as [0] is missing");
    assertFails("network.blocks[2].x=1", "'network.blocks' has 2 elements, counted from 0");
    assertFails(
        "network.blocks[haed].x=1",
        "'network.blocks' has no element named 'haed'; did you mean 'head'?");
    assertFails("seed={a", "not valid YAML: expected ',' or '}', but got <stream end>");
  }

  private static void assertFails(String assignment, String message) {
    assertEquals(
        "--set " + assignment + ": " + message,
        assertThrows(LaminaException.class, () -> set(assignment)).getMessage());
  }

  private static String set(String... assignments) {
    return YamlWriter.write(
        Overrides.apply(YamlSettings.read(DOCUMENT, "a.yaml"), List.of(assignments)));
  }
}
