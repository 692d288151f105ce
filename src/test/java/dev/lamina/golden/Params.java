package dev.lamina.golden;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// The hyper-parameters of a golden case: a JSON object with typed access.
///
/// @param values name to Double, Boolean, String, List or Map
public record Params(Map<String, Object> values) {
  /// The names, in the order of the file.
  public Set<String> names() {
    return values.keySet();
  }

  /// Whether a parameter is given.
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /// A number that must be given.
  public double number(String name) {
    return (Double) value(name);
  }

  /// A number, or another one if it is not given.
  public double number(String name, double otherwise) {
    return has(name) ? number(name) : otherwise;
  }

  /// A whole number that must be given.
  public int integer(String name) {
    return (int) number(name);
  }

  /// A whole number, or another one if it is not given.
  public int integer(String name, int otherwise) {
    return has(name) ? integer(name) : otherwise;
  }

  /// A switch; false if it is not given.
  public boolean flag(String name) {
    return has(name) && (Boolean) value(name);
  }

  /// A text that must be given.
  public String text(String name) {
    return (String) value(name);
  }

  /// A text, or another one if it is not given.
  public String text(String name, String otherwise) {
    return has(name) ? text(name) : otherwise;
  }

  /// A list of anything.
  public List<?> list(String name) {
    return (List<?>) value(name);
  }

  /// A list of numbers.
  public double[] numbers(String name) {
    return list(name).stream().mapToDouble(n -> (Double) n).toArray();
  }

  /// A list of whole numbers.
  public int[] integers(String name) {
    return list(name).stream().mapToInt(n -> ((Double) n).intValue()).toArray();
  }

  /// An object inside.
  public Params object(String name) {
    return of(value(name));
  }

  /// A list of objects inside.
  public List<Params> objects(String name) {
    return list(name).stream().map(Params::of).toList();
  }

  @SuppressWarnings("unchecked") // the reader makes maps with text keys only
  private static Params of(Object object) {
    return new Params((Map<String, Object>) object);
  }

  private Object value(String name) {
    Object value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no parameter " + name + " in " + values);
    }
    return value;
  }
}
