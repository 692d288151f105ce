package dev.lamina.network;

import java.util.LinkedHashMap;
import java.util.Map;

/// Named numbers of a step, an epoch or an evaluation, in the order they were put.
public final class Figures {
  private final Map<String, Double> values = new LinkedHashMap<>();

  /// No figures yet.
  public Figures() {}

  /// Sets a figure; names are lower case with underscores and carry their unit where there is one.
  public void put(String name, double value) {
    values.put(name, value);
  }

  /// The figures by name.
  public Map<String, Double> values() {
    return values;
  }
}
