package dev.lamina.network;

import dev.lamina.layer.Projection;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// By which rules a network learns, and over how many projections of each kind.
///
/// @param counts label of a rule to what it holds, for example `2 convolution, 1 dense`, in network
///   order
public record RuleReport(SequencedMap<String, String> counts) {
  /// The report of a network.
  public static RuleReport of(Network network) {
    SequencedMap<String, SequencedMap<String, Integer>> counts = new LinkedHashMap<>();
    for (Block block : network.blocks()) {
      for (Projection projection : block.projections().values()) {
        counts
            .computeIfAbsent(block.rule().label(), rule -> new LinkedHashMap<>())
            .merge(projection.kind(), 1, Integer::sum);
      }
    }
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    counts.forEach((rule, kinds) -> texts.put(rule, text(kinds)));
    return new RuleReport(texts);
  }

  private static String text(SequencedMap<String, Integer> kinds) {
    return kinds.entrySet().stream()
        .map(kind -> kind.getValue() + " " + kind.getKey())
        .collect(Collectors.joining(", "));
  }
}
