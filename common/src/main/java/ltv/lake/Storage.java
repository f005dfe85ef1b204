package ltv.lake;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import ltv.config.S3Settings;
import ltv.config.SiteConfig;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.SupportsPrefixOperations;

/**
 * A place for files that never change: a folder of this host, or a prefix of an S3 bucket. DuckDB
 * reads local files only, so an object is copied to scratch once and found there by its location.
 */
public final class Storage implements AutoCloseable {
  private static final String S3_FILE_IO = "org.apache.iceberg.aws.s3.S3FileIO";
  private static final String CACHE = "cache";
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private final String root;
  private final Map<String, String> properties;
  private final Path scratch;
  private FileIO io;

  private Storage(String root, Map<String, String> properties, Path scratch) {
    this.root = root;
    this.properties = Map.copyOf(properties);
    this.scratch = scratch;
  }

  /** The place of a site's tables. */
  public static Storage warehouse(SiteConfig site) {
    return at(site.warehouse(), site);
  }

  /** The place of the bytes as received. */
  public static Storage landing(SiteConfig site) {
    return at(site.landing(), site);
  }

  private static Storage at(String place, SiteConfig site) {
    return at(place, site.s3(), site.scratch());
  }

  /**
   * A place by its name.
   *
   * @param place a folder or {@code s3://bucket/prefix}
   * @param scratch for copies of objects, which may be lost at any time
   */
  public static Storage at(String place, S3Settings s3, Path scratch) {
    Path local = scratch.toAbsolutePath().normalize();
    return place.startsWith("s3://")
        ? new Storage(place.replaceFirst("/+$", ""), objects(s3, local), local)
        : folder(Path.of(place), local, LocalFileIO.class.getName());
  }

  /** A local place whose files are reached through {@code fileIo}, which tests let fail. */
  static Storage folder(Path folder, Path scratch, String fileIo) {
    return new Storage(
        folder.toAbsolutePath().normalize().toString(), Map.of("io-impl", fileIo), scratch);
  }

  /** What Iceberg's file access wants to know, here and in Spark. */
  private static Map<String, String> objects(S3Settings s3, Path scratch) {
    Map<String, String> properties = new HashMap<>();
    properties.put("io-impl", S3_FILE_IO);
    properties.put("http-client.type", "urlconnection");
    properties.put("s3.staging-dir", scratch.resolve("upload").toString());
    properties.put("s3.path-style-access", s3.pathStyle().toString());
    if (s3.endpoint() != null) {
      properties.put("s3.endpoint", s3.endpoint().toString());
    }
    if (s3.region() != null) {
      properties.put("client.region", s3.region());
    }
    if (s3.accessKeyId() != null) {
      properties.put("s3.access-key-id", s3.accessKeyId());
      properties.put("s3.secret-access-key", s3.secretAccessKey().reveal());
    }
    // Iceberg has no setting for these: the SDK reads them when its client is made
    System.setProperty("aws.requestChecksumCalculation", s3.checksums().toString());
    System.setProperty("aws.responseChecksumValidation", s3.checksums().toString());
    return properties;
  }

  /** The location that others are below, without a slash at the end. */
  public String root() {
    return root;
  }

  /** The location of a name below this place. */
  public String location(String name) {
    return root + "/" + name;
  }

  /** As a catalog wants it: with a scheme. */
  String uri() {
    return isLocal() ? "file://" + root : root;
  }

  boolean isLocal() {
    return root.startsWith("/");
  }

  /** Properties of the file access, secrets among them. */
  Map<String, String> properties() {
    return properties;
  }

  /** Reads, writes and lists; one per storage. */
  FileIO io() {
    if (io == null) {
      io = CatalogUtil.loadFileIO(properties.get("io-impl"), properties, null);
    }
    return io;
  }

  /** A local file with the content of a location, copied to scratch if it lies elsewhere. */
  public Path local(String location) {
    if (isLocal()) {
      return LocalFileIO.path(location);
    }
    Path copy = cached(location);
    if (!Files.isRegularFile(copy)) {
      try {
        Path part = newFile();
        try (InputStream in = io().newInputFile(location).newStream()) {
          Files.copy(in, part);
        }
        move(part, copy);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot copy " + location + " to " + copy, e);
      }
    }
    return copy;
  }

  /** Makes the place, if it is a folder that is not there yet, for its owner only. */
  public void makePrivate() throws IOException {
    if (!isLocal()) {
      return;
    }
    Path folder = Path.of(root);
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(folder.getParent());
      Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    }
  }

  /** A name in scratch that nobody uses, for a file that {@link #put} takes. */
  public Path newFile() throws IOException {
    return Files.createDirectories(scratch.resolve("files")).resolve(UUID.randomUUID() + ".part");
  }

  /** Gives a finished scratch file its place: it is there whole or not at all. */
  public void put(Path file, String location) throws IOException {
    if (isLocal()) {
      Path place = LocalFileIO.path(location);
      Files.createDirectories(place.getParent());
      try {
        move(file, place);
      } catch (AtomicMoveNotSupportedException e) {
        Path beside = place.resolveSibling("." + file.getFileName()); // scratch is another disk
        Files.copy(file, beside);
        move(beside, place);
        Files.delete(file);
      }
      return;
    }
    try (OutputStream out = io().newOutputFile(location).createOrOverwrite()) {
      Files.copy(file, out);
    }
    move(file, cached(location));
  }

  /** Writes a small file, which may be written again: unlike what is put, no copy of it is kept. */
  public void write(byte[] bytes, String location) throws IOException {
    if (isLocal()) {
      put(Files.write(newFile(), bytes), location);
    } else {
      try (OutputStream out = io().newOutputFile(location).createOrOverwrite()) {
        out.write(bytes);
      }
    }
  }

  /** Where a copy lies; its name tells the location, which is never used for other bytes. */
  private Path cached(String location) {
    String name = location.substring(location.lastIndexOf('/') + 1);
    return scratch
        .resolve(CACHE)
        .resolve(Fingerprint.start().add(location).hex().substring(0, 32) + "-" + name);
  }

  private static void move(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Locations of the files of this name below a location, in no order. */
  public List<String> find(String location, String name) {
    return list(location).stream()
        .map(StoredFile::location)
        .filter(file -> file.endsWith("/" + name))
        .toList();
  }

  /** Whether there is a file. */
  public boolean exists(String location) {
    return io().newInputFile(location).exists();
  }

  /**
   * One file as the place lists it.
   *
   * @param written when it got its bytes
   */
  public record StoredFile(String location, long bytes, Instant written) {}

  /** Every file below a location of this place, in no order. */
  public List<StoredFile> list(String location) {
    List<StoredFile> files = new ArrayList<>();
    for (FileInfo f : ((SupportsPrefixOperations) io()).listPrefix(location + "/")) {
      Instant written = Instant.ofEpochMilli(f.createdAtMillis());
      files.add(new StoredFile(f.location(), f.size(), written));
    }
    return files;
  }

  /** Removes a file; one that is gone already is no trouble. */
  public void delete(String location) {
    io().deleteFile(location);
  }

  /** The bytes of a small file, from where it lies and not from a copy. */
  public byte[] read(String location) throws IOException {
    try (InputStream in = io().newInputFile(location).newStream()) {
      return in.readAllBytes();
    } catch (NotFoundException e) {
      throw new IOException(location + " is gone", e);
    }
  }

  /**
   * The first file that is gone or has other bytes than it had, in words; empty when all are well.
   *
   * @param files sha256 by location
   */
  public Optional<String> damaged(Map<String, String> files) {
    for (Map.Entry<String, String> file : files.entrySet()) {
      String location = file.getKey();
      try {
        if (!sha256(io(), location).equals(file.getValue())) {
          return Optional.of(location + " has other bytes than it had when it was written");
        }
      } catch (IOException | NotFoundException e) {
        return Optional.of(location + " cannot be read (" + e.getMessage() + ")");
      }
    }
    return Optional.empty();
  }

  /** The sha256 of a file's bytes, read from where it lies. */
  public static String sha256(FileIO io, String location) throws IOException {
    Fingerprint sha256 = Fingerprint.start();
    try (InputStream in =
        new DigestInputStream(io.newInputFile(location).newStream(), sha256.digest())) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return sha256.hex();
  }

  @Override
  public void close() {
    if (io != null) {
      io.close();
    }
  }
}
