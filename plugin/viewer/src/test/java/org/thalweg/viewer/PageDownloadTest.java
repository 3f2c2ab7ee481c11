package org.thalweg.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Pictures and films that a real browser saves from the page. */
class PageDownloadTest extends PageInBrowser {

    @Test
    void savesWhatIsOnDisplayAsPng() throws Exception {
        Path downloads = Files.createDirectory(directory.resolve("downloads"));
        browser.downloadTo(downloads);
        show("png", 1);
        int width = browser.evaluate(CANVAS + ".width").getAsInt();
        int height = browser.evaluate(CANVAS + ".height").getAsInt();
        browser.evaluate("document.getElementById('png').click()");
        BufferedImage picture = ImageIO.read(awaitDownload(downloads, "png.png").toFile());
        assertThat(picture.getWidth()).isEqualTo(width);
        assertThat(picture.getHeight()).isEqualTo(height);
        assertThat(colors(picture)).isGreaterThan(200);
        assertQuiet();
    }

    /** An MP4 or a WebM, by their first bytes, and the page is at the last frame afterwards. */
    @Test
    void savesAllFramesAsAFilm() throws Exception {
        Path downloads = Files.createDirectory(directory.resolve("films"));
        browser.downloadTo(downloads);
        show("film", 2);
        browser.evaluate("document.getElementById('film').click()");
        byte[] film = Files.readAllBytes(awaitDownload(downloads, "film."));
        boolean isMp4 = new String(film, 4, 4, StandardCharsets.ISO_8859_1).equals("ftyp");
        boolean isWebM = (film[0] & 0xFF) == 0x1A && (film[1] & 0xFF) == 0x45;
        assertThat(isMp4 || isWebM).isTrue();
        assertThat(film.length).isGreaterThan(10_000);
        browser.await("!document.getElementById('film').disabled");
        assertThat(browser.evaluate(MOMENT).getAsString()).contains("frame 3 of 3");
        assertQuiet();
    }

    private static Path awaitDownload(Path downloads, String name) throws Exception {
        // A download has another name until it is complete.
        for (int tries = 0; tries < 600; tries++) {
            try (Stream<Path> files = Files.list(downloads)) {
                Optional<Path> whole = files.filter(
                                file -> file.getFileName().toString().startsWith(name)
                                        && !file.toString().endsWith(".crdownload"))
                        .findFirst();
                if (whole.isPresent()) {
                    return whole.get();
                }
            }
            Thread.sleep(50);
        }
        throw new AssertionError("nothing was downloaded");
    }
}
