package dev.lamina.app;

import dev.lamina.config.Environment;
import dev.lamina.data.Datasets;
import dev.lamina.data.Datasets.Found;
import dev.lamina.data.Source;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.tier.SelfTest;
import dev.lamina.kernel.tier.Tier;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `lamina doctor`: what this machine offers.
@Command(
    name = "doctor",
    description =
        "Says what this machine offers: Java, CPU, memory, kernels and why others are not taken,"
            + " data sets; and measures its speed for about a second. Good in a bug report.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  lamina doctor --threads 1"})
final class DoctorCommand implements Callable<Integer> {
  @Mixin private MachineOptions machine = new MachineOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  DoctorCommand() {}

  @Override
  public Integer call() {
    Kernels kernels = machine.kernels(Optional.empty());
    Table table = new Table("ll");
    program(table);
    tiers(table, kernels);
    data(table);
    speed(table, kernels);
    Terminal.of(spec, false).print(table.text());
    return 0;
  }

  private void program(Table table) {
    Map<String, Object> facts = Environment.describe();
    table.row("Lamina", Main.Version.describe());
    table.row("Java", facts.get("java") + ", " + facts.get("java_vendor"));
    table.row("System", facts.get("os") + ", " + facts.get("architecture"));
    table.row("CPU", facts.get("cpu") + ", " + facts.get("processors") + " processors");
    String all =
        Environment.memory().stream()
            .mapToObj(bytes -> " of the machine's %.1f GB".formatted(bytes * 1e-9))
            .findFirst()
            .orElse("");
    table.row(
        "Memory", "Java may take %.1f GB".formatted(Runtime.getRuntime().maxMemory() * 1e-9) + all);
    table.row("Threads", machine.threads());
  }

  private static void tiers(Table table, Kernels taken) {
    String label = "Kernels";
    for (String tier : Tier.names()) {
      String text =
          Tier.whyMissing(tier)
              .map(reason -> "not there: " + reason)
              .orElse(tier.equals(taken.name()) ? "taken" : "there, not taken");
      if (tier.equals("vector") && Tier.vectorBits().isPresent()) {
        text += ", %d bits".formatted(Tier.vectorBits().getAsInt());
      }
      table.row(label, "%-10s %s".formatted(tier, text));
      label = "";
    }
  }

  private void data(Table table) {
    String label = "Data";
    for (Source source : Datasets.known()) {
      String text =
          Datasets.find(source, machine.places())
              .map(Found::where)
              .orElse("not found: lamina data fetch " + source.name());
      table.row(label, "%-14s %s".formatted(source.name(), text));
      label = "";
    }
  }

  private void speed(Table table, Kernels kernels) {
    SelfTest speed = SelfTest.of(kernels.name(), machine.threads());
    String label = "Speed";
    if (speed.peak().isPresent()) {
      row(table, label, "fma in registers", speed.peak().getAsDouble(), "1 thread");
      label = "";
    }
    String share =
        speed.peak().isPresent()
            ? " (%.0f %% of that)".formatted(100 * speed.oneThread() / speed.peak().getAsDouble())
            : "";
    row(table, label, "product of matrices", speed.oneThread(), "1 thread" + share);
    if (machine.threads() > 1) {
      String threads = machine.threads() + " threads";
      row(table, "", "product of matrices", speed.allThreads(), threads);
    }
  }

  private static void row(Table table, String label, String what, double speed, String how) {
    table.row(label, "%-20s %7.1f GFLOP/s, %s".formatted(what, speed, how));
  }
}
