package dev.lamina.network;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// A network's tensors as the outside sees them: by name, in channels-first layout.
public final class Weights {
  private Weights() {}

  /// Copies of every tensor that `predict` reads, by name, in the outside layout.
  public static Map<String, Tensor> outside(Network network) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Network.Named named : network.tensors()) {
      tensors.put(named.name(), named.parameter().layout().toOutside(named.parameter().value()));
    }
    return tensors;
  }

  /// Copies tensors by name into a network.
  ///
  /// @param outside tensors in the outside layout; F64 and F32 are converted to the network's type
  /// @throws LaminaException that lists every missing, extra or misshaped tensor; then nothing is
  ///   copied
  public static void copyInto(Network network, Map<String, Tensor> outside) {
    List<String> problems = new ArrayList<>();
    Set<String> extra = new LinkedHashSet<>(outside.keySet());
    for (Network.Named named : network.tensors()) {
      extra.remove(named.name());
      Tensor from = outside.get(named.name());
      Shape wanted = named.parameter().layout().outsideShape(named.parameter().value().shape());
      if (from == null) {
        problems.add("missing '" + named.name() + "' " + wanted);
      } else if (!from.shape().equals(wanted)) {
        problems.add("'" + named.name() + "' is " + from.shape() + " but must be " + wanted);
      }
    }
    extra.forEach(name -> problems.add("extra '" + name + "'"));
    if (!problems.isEmpty()) {
      throw new LaminaException(
          "the weights do not fit the network: "
              + String.join("; ", problems)
              + " ('lamina show' prints the names and shapes)");
    }
    for (Network.Named named : network.tensors()) {
      Tensor value = named.parameter().value();
      Tensor from = Objects.requireNonNull(outside.get(named.name()));
      Tensor inside = named.parameter().layout().toInside(from, value.shape());
      for (int i = 0; i < value.size(); i++) {
        value.set(i, inside.get(i));
      }
    }
  }

  /// SHA-256 over every tensor that `predict` reads, in network order: type and shape as text, then
  /// the data little-endian, in the outside layout. No names.
  public static String sha256(Network network) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Network.Named named : network.tensors()) {
        Tensor outside = named.parameter().layout().toOutside(named.parameter().value());
        String header = outside.type() + " " + outside.shape() + "\n";
        digest.update(header.getBytes(StandardCharsets.UTF_8));
        digest.update(bytes(outside));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static ByteBuffer bytes(Tensor t) {
    ByteBuffer bytes =
        ByteBuffer.allocate(t.size() * t.type().bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < t.size(); i++) {
      if (t.type() == DType.F32) {
        bytes.putFloat((float) t.get(i));
      } else {
        bytes.putDouble(t.get(i));
      }
    }
    return bytes.flip();
  }
}
