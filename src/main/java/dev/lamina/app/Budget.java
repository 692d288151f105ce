package dev.lamina.app;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a time such as `2h`, `90m`, `1h30m` or `45s` as seconds.
final class Budget implements ITypeConverter<Double> {
  private static final Pattern FORM = Pattern.compile("(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?");
  private static final double[] SECONDS = {3600, 60, 1};

  Budget() {}

  @Override
  public Double convert(String text) {
    Matcher parts = FORM.matcher(text);
    if (text.isEmpty() || !parts.matches()) {
      throw new TypeConversionException("'" + text + "' is no time such as 2h, 90m or 1h30m");
    }
    double seconds = 0;
    for (int i = 0; i < SECONDS.length; i++) {
      String part = parts.group(i + 1);
      seconds += part == null ? 0 : SECONDS[i] * Double.parseDouble(part);
    }
    return seconds;
  }
}
