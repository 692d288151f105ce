package dev.lamina.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// What a run runs on, for `environment.json` and `lamina doctor`.
public final class Environment {
  private Environment() {}

  /// Java, operating system, CPU and memory, by readable names.
  public static Map<String, Object> describe() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("commit", commit());
    facts.put("java", System.getProperty("java.runtime.version", "?"));
    facts.put("java_vendor", System.getProperty("java.vendor", "?"));
    facts.put(
        "os", System.getProperty("os.name", "?") + " " + System.getProperty("os.version", "?"));
    facts.put("architecture", System.getProperty("os.arch", "?"));
    facts.put("cpu", cpu(Path.of("/proc/cpuinfo")));
    facts.put("processors", Runtime.getRuntime().availableProcessors());
    facts.put("heap_bytes", Runtime.getRuntime().maxMemory());
    return facts;
  }

  /// Seconds since this process began, 0 where the system does not tell.
  ///
  /// `./lamina` becomes the program by `exec`, so where it built the image first, the build counts.
  static double secondsSinceStart() {
    return ProcessHandle.current()
        .info()
        .startInstant()
        .map(start -> Duration.between(start, Instant.now()).toMillis() / 1000.0)
        .orElse(0.0);
  }

  /// The commit that the program was built from, or `unknown`.
  public static String commit() {
    Path file = Path.of(System.getProperty("java.home"), "lib", "lamina", "commit");
    try {
      return Files.exists(file) ? Files.readString(file).strip() : "unknown";
    } catch (IOException e) {
      return "unknown";
    }
  }

  /// The memory of the machine in bytes, where it can be told.
  public static OptionalLong memory() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
      return lines
          .filter(line -> line.matches("MemTotal: +[0-9]{1,15} kB"))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst();
    } catch (IOException | UncheckedIOException e) {
      return OptionalLong.empty();
    }
  }

  /// The name of the CPU, or `unknown`.
  static String cpu(Path cpuinfo) {
    try (Stream<String> lines = Files.lines(cpuinfo)) {
      return lines
          .filter(line -> line.startsWith("model name") || line.startsWith("Model"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException | UncheckedIOException e) {
      return "unknown";
    }
  }
}
