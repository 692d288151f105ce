package dev.lamina.train;

import dev.lamina.kernel.Kernels;
import dev.lamina.network.Figures;
import dev.lamina.network.Network;
import dev.lamina.network.Pass;
import dev.lamina.network.Probe;
import java.util.List;

/// The probes of a phase at work.
final class Readings {
  private final List<Probe> probes;
  private final Probe.Reading[] readings;
  private final boolean[] fresh;

  Readings(Phase phase, Network network, Kernels kernels) {
    this.probes = phase.probes();
    this.readings =
        probes.stream()
            .map(probe -> probe.start(network, phase.batch(), kernels))
            .toArray(Probe.Reading[]::new);
    this.fresh = new boolean[readings.length];
  }

  /// Lets the probes read whose turn it is.
  ///
  /// @param batch of the epoch, from 0
  void read(Pass pass, int batch) {
    for (int i = 0; i < readings.length; i++) {
      fresh[i] = batch % probes.get(i).every() == 0;
      if (fresh[i]) {
        readings[i].read(pass);
      }
    }
  }

  /// Whether a probe has read the last batch.
  boolean hasRead() {
    for (boolean one : fresh) {
      if (one) {
        return true;
      }
    }
    return false;
  }

  /// Writes what was read of the last batch.
  void report(Figures out) {
    for (int i = 0; i < readings.length; i++) {
      if (fresh[i]) {
        readings[i].report(out);
      }
    }
  }
}
