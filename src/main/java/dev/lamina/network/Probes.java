package dev.lamina.network;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;

/// The names of probes in descriptions.
public final class Probes {
  private Probes() {}

  /// The probe that is described.
  ///
  /// @throws dev.lamina.tensor.LaminaException with the nearest name if there is none
  public static Probe of(Described d) {
    Map<String, Function<Settings, Probe>> known = new LinkedHashMap<>();
    for (Vocabulary vocabulary :
        ServiceLoader.load(Vocabulary.class, Vocabulary.class.getClassLoader())) {
      known.putAll(vocabulary.probes());
    }
    Function<Settings, Probe> factory = known.get(d.kind());
    if (factory == null) {
      throw Kinds.unknown("probe", d, known.keySet());
    }
    Probe probe = factory.apply(d.settings());
    d.settings().finish();
    return probe;
  }
}
