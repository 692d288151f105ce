package dev.lamina.data;

import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// The JSON header of a safetensors file, checked against the bytes that follow it.
///
/// @param metadata texts of the writer by name
/// @param entries the tensors by name, in the order of the header
record SafetensorsHeader(Map<String, String> metadata, Map<String, Entry> entries) {

  static final String METADATA = "__metadata__";

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final Map<String, Integer> WIDTHS =
      Map.ofEntries(
          Map.entry("F64", 8),
          Map.entry("I64", 8),
          Map.entry("U64", 8),
          Map.entry("F32", 4),
          Map.entry("I32", 4),
          Map.entry("U32", 4),
          Map.entry("F16", 2),
          Map.entry("BF16", 2),
          Map.entry("I16", 2),
          Map.entry("U16", 2),
          Map.entry("I8", 1),
          Map.entry("U8", 1),
          Map.entry("BOOL", 1),
          Map.entry("F8_E4M3", 1),
          Map.entry("F8_E5M2", 1));

  /// One tensor: its dtype as written, its shape, and the first and last byte behind the header.
  record Entry(String dtype, Shape shape, long from, long to) {}

  /// Parses `json`; `dataBytes` bytes follow it in the file.
  static SafetensorsHeader parse(String file, byte[] json, long dataBytes) {
    Reading reading = new Reading(file);
    try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), json)) {
      reading.header(in);
    } catch (JacksonException e) {
      throw new LaminaException(
          file
              + ": the safetensors header is no JSON as it should be ("
              + e.getOriginalMessage()
              + "); "
              + Safetensors.REMEDY,
          e);
    }
    reading.checkCover(dataBytes);
    return new SafetensorsHeader(reading.metadata, reading.entries);
  }

  /// What was read so far.
  private static final class Reading {
    private final String file;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    Reading(String file) {
      this.file = file;
    }

    void header(JsonParser in) {
      expect(in.nextToken() == JsonToken.START_OBJECT, "the header", "an object");
      while (in.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = in.currentName();
        if (name.equals(METADATA)) {
          metadata(in);
        } else {
          entries.put(name, entry(in, name));
        }
      }
      expect(in.nextToken() == null, "the header", "nothing after its object");
    }

    private void metadata(JsonParser in) {
      expect(in.nextToken() == JsonToken.START_OBJECT, METADATA, "an object");
      while (in.nextToken() == JsonToken.PROPERTY_NAME) {
        String key = in.currentName();
        expect(in.nextToken() == JsonToken.VALUE_STRING, METADATA + "." + key, "a text");
        metadata.put(key, in.getString());
      }
    }

    private Entry entry(JsonParser in, String name) {
      expect(in.nextToken() == JsonToken.START_OBJECT, name, "an object");
      String dtype = null;
      List<Long> shape = null;
      List<Long> offsets = null;
      while (in.nextToken() == JsonToken.PROPERTY_NAME) {
        switch (in.currentName()) {
          case "dtype" -> {
            expect(in.nextToken() == JsonToken.VALUE_STRING, name + ".dtype", "a text");
            dtype = in.getString();
          }
          case "shape" -> shape = numbers(in, name + ".shape");
          case "data_offsets" -> offsets = numbers(in, name + ".data_offsets");
          default ->
              throw wrong(name + "." + in.currentName(), "only dtype, shape and data_offsets");
        }
      }
      return entry(name, dtype, shape, offsets);
    }

    private Entry entry(
        String name,
        @Nullable String dtype,
        @Nullable List<Long> axes,
        @Nullable List<Long> offsets) {
      if (dtype == null || axes == null || offsets == null || offsets.size() != 2) {
        throw wrong(name, "dtype, shape and two data_offsets");
      }
      Integer width = WIDTHS.get(dtype);
      if (width == null) {
        throw wrong(name + ".dtype", "a known type, not '" + dtype + "'");
      }
      Shape shape = shape(name, axes);
      long from = offsets.get(0);
      long to = offsets.get(1);
      long bytes = (long) shape.size() * width;
      expect(
          to - from == bytes,
          name + ".data_offsets [" + from + ", " + to + "]",
          bytes + " bytes for " + dtype + " " + shape);
      return new Entry(dtype, shape, from, to);
    }

    private Shape shape(String name, List<Long> axes) {
      long product = 1;
      for (long axis : axes) {
        expect(axis <= Integer.MAX_VALUE, name + ".shape " + axes, "axes below 2^31");
        product *= axis;
        expect(product <= Integer.MAX_VALUE, name + ".shape " + axes, "at most 2^31-1 elements");
      }
      return Shape.of(axes.stream().mapToInt(Long::intValue).toArray());
    }

    private List<Long> numbers(JsonParser in, String what) {
      expect(in.nextToken() == JsonToken.START_ARRAY, what, "an array");
      List<Long> numbers = new ArrayList<>();
      while (in.nextToken() != JsonToken.END_ARRAY) {
        boolean whole = in.currentToken() == JsonToken.VALUE_NUMBER_INT;
        expect(whole && in.getLongValue() >= 0, what, "whole numbers from 0 on");
        numbers.add(in.getLongValue());
      }
      return numbers;
    }

    /// The tensors must lie side by side and use every byte, as the format demands.
    void checkCover(long dataBytes) {
      long end = 0;
      List<Map.Entry<String, Entry>> sorted = new ArrayList<>(entries.entrySet());
      sorted.sort(
          Comparator.comparingLong((Map.Entry<String, Entry> e) -> e.getValue().from())
              .thenComparingLong(e -> e.getValue().to()));
      for (Map.Entry<String, Entry> named : sorted) {
        Entry entry = named.getValue();
        String what = named.getKey() + ".data_offsets [" + entry.from() + ", " + entry.to() + "]";
        expect(entry.to() <= dataBytes, what, "at most " + dataBytes + ": the file ends there");
        expect(
            entry.from() == end, what, "a start at " + end + ", where the tensor before it ends");
        end = entry.to();
      }
      expect(
          end == dataBytes, "the data", end + " bytes behind the header, but found " + dataBytes);
    }

    private void expect(boolean fine, String what, String expected) {
      if (!fine) {
        throw wrong(what, expected);
      }
    }

    private LaminaException wrong(String what, String expected) {
      return new LaminaException(
          file
              + ": safetensors header: "
              + what
              + ": expected "
              + expected
              + "; "
              + Safetensors.REMEDY);
    }
  }
}
