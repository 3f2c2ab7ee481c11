package org.thalweg.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Frame;
import org.thalweg.testing.Seeds;
import org.thalweg.video.film.FilmOptions;

class FrameViewTest {

    private static final Pattern SOURCE = Pattern.compile("<img [^>]*src=\"data:image/png;base64,([^\"]*)\">");

    private final long seed = Seeds.fresh("FrameViewTest");
    private final Frame frame =
            SyntheticRun.frames(2, 9, new SplittableRandom(seed)).get(1);

    @Test
    void thePictureIsAPngOfTheSizeAsked() throws IOException {
        BufferedImage picture = image(new FrameView(frame, FilmOptions.DEFAULT.withSize(320, 180)).toPng());
        assertThat(picture.getWidth()).isEqualTo(320);
        assertThat(picture.getHeight()).isEqualTo(180);
    }

    @Test
    void htmlHasThePictureAndTheNumbers() throws IOException {
        FrameView view = FrameView.of(frame);
        String html = view.toHtml();
        Matcher source = SOURCE.matcher(html);
        assertThat(source.find()).isTrue();
        assertThat(Base64.getDecoder().decode(source.group(1))).isEqualTo(view.toPng());
        assertThat(image(view.toPng()).getWidth()).isEqualTo(960);
        Eigenvalue largest = frame.curvature().lambdaMax().orElseThrow();
        assertThat(html)
                .contains("<th>iteration</th><td>" + frame.iteration() + "</td>")
                .contains("<th>loss</th><td>" + String.format(Locale.ROOT, "%.5g", frame.loss()) + "</td>")
                .contains(String.format(Locale.ROOT, "%.5g &plusmn; %.1e", largest.value(), largest.residual()));
    }

    private static BufferedImage image(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }
}
