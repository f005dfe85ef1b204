package ltv.run;

import picocli.CommandLine.IVersionProvider;

/** Version and commit from the jar's manifest. */
public final class JobVersion implements IVersionProvider {
  @Override
  public String[] getVersion() throws Exception {
    String version = "development";
    String commit = "unknown";
    try (var manifest = JobVersion.class.getResourceAsStream("/META-INF/MANIFEST.MF")) {
      if (manifest != null) {
        var attributes = new java.util.jar.Manifest(manifest).getMainAttributes();
        version = attributes.getValue("Implementation-Version");
        commit = attributes.getValue("Implementation-Build");
      }
    }
    return new String[] {version + " (commit " + commit + ")"};
  }
}
