package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrongUsageTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "imge run | did you mean 'image'? | thalweg --help",
                "image run -o x.png --style surfce | did you mean 'surface'? | thalweg image --help",
                "image run -o x.png --quantity validation-los | did you mean 'validation-loss'? | thalweg image --help",
                "video run -o x.mp4 --theme drak | did you mean 'dark'? | thalweg video --help",
                "image run -o x.png --styl surface | did you mean '--style'? | thalweg image --help",
                "image run | Missing required option: '--output=FILE' | thalweg image --help",
                "image run -o x.png --size huge | is not a width and a height like 1920x1080 | thalweg image --help",
                "view run -o x.pdf | -o must end in .html or .htm, got x.pdf | thalweg view --help",
                "video run -o x.avi | name that ends in .mp4, .webm or .gif, or a directory | thalweg video --help",
                "frobnicate | says what the commands do: info, image, video, view, | thalweg --help",
                "image a b -o x.png --style contour | in the style surface alone, got contour | thalweg image --help",
                "video a b -o x.mp4 --style split | in the style surface alone, got split | thalweg video --help",
                "video a b c d e f g -o x.mp4 | two to 6 side by side, got 7 | thalweg video --help"
            })
    void oneLineSaysWhatIsWrongAndWhatWasMeant(String words, String message, String help) {
        StringWriter err = new StringWriter();
        assertThat(InProcess.execute(new StringWriter(), err, (Object[]) words.split(" ")))
                .isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).startsWith("thalweg: ").contains(message, help);
    }

    /** The list of commands shows the first line of each description. */
    @Test
    void theListOfCommandsHasWholeSentences() {
        assertThat(Thalweg.commandLine(new StringWriter(), new StringWriter()).getSubcommands())
                .hasSizeGreaterThan(8)
                .allSatisfy((name, command) -> assertThat(
                                command.getCommandSpec().usageMessage().description()[0])
                        .as(name)
                        .endsWith("."));
    }

    @Test
    void helpIsACommandAndCompletionIsWritten() {
        StringWriter out = new StringWriter();
        assertThat(InProcess.execute(out, new StringWriter(), "help", "video")).isZero();
        assertThat(out.toString()).contains("Usage: thalweg video");
        assertThat(InProcess.execute(out, new StringWriter(), "generate-completion"))
                .isZero();
        assertThat(out.toString()).contains("complete -F _complete_thalweg");
    }
}
