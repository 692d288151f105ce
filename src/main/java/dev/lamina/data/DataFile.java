package dev.lamina.data;

import java.net.URI;
import java.util.List;

/// One file of a published data set.
///
/// @param name the file's name
/// @param bytes its size
/// @param sha256 its SHA-256 in hexadecimal digits
/// @param from where it can be fetched, best first; empty if it comes out of an archive
public record DataFile(String name, long bytes, String sha256, List<URI> from) {
  /// Copies the list.
  public DataFile {
    from = List.copyOf(from);
  }

  /// The same file, fetched from `folder` alone.
  public DataFile at(URI folder) {
    String base = folder.toString();
    return new DataFile(
        name, bytes, sha256, List.of(URI.create(base + (base.endsWith("/") ? "" : "/") + name)));
  }
}
