package ltv.calculate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import ltv.run.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BiCommandTest {
  @TempDir private Path folder;

  private int bi(String marts, String... flags) throws IOException {
    Path site =
        Files.writeString(
            folder.resolve("site.yaml"),
            "site: shop\nreporting_currency: KRW\nhome: %s\n%s"
                .formatted(folder.resolve("home"), marts));
    List<String> all = new ArrayList<>(List.of("bi", "--config", site.toString()));
    all.addAll(List.of(flags));
    return CalculateCommand.execute(all.toArray(String[]::new));
  }

  private List<String> written(String below) throws IOException {
    Path root = folder.resolve(below);
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).map(f -> root.relativize(f) + "").sorted().toList();
    }
  }

  @Test
  void a_site_whose_marts_lie_in_a_file_has_no_data_source_of_tableau() throws IOException {
    assertEquals(0, bi(""));

    assertEquals(
        List.of("manifest.json", "superset-assets.zip", "superset.zip"), written("home/bi/ko"));
    assertEquals(written("home/bi/ko"), written("home/bi/en"));
    assertEquals(ExitCode.USAGE.code(), bi("", "--server", "db:3307"));
  }

  @Test
  void a_server_may_have_another_name_for_tools() throws IOException {
    String marts = "marts: {url: \"jdbc:mariadb://inside:3306/ltv_mart\", user: w, password: p}\n";

    assertEquals(
        0,
        bi(
            marts,
            "--lang",
            "ko",
            "--to",
            folder.resolve("to").toString(),
            "--server",
            "db.example.kr:3307"));

    assertFalse(Files.exists(folder.resolve("to/en")));
    String tds = Files.readString(folder.resolve("to/ko/tableau/mart_status.tds"));
    assertTrue(tds.contains("server=\"db.example.kr\""), tds);
    assertTrue(tds.contains("port=\"3307\""), tds);
    assertTrue(tds.contains("username=\"ltv_reader\""), tds);
    assertEquals(ExitCode.USAGE.code(), bi(marts, "--server", "a,b"));
  }
}
