package org.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/** What Deeplearning4j reads from a file and cannot compute is refused with the names of file and layer. */
class DamagedConfigurationTest {

    private final long seed = Seeds.fresh("DamagedConfigurationTest");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"stride\" : \\[ 1, 1 ];\"stride\" : [ 0, 0 ];layer0 (ConvolutionLayer) has a stride of 0",
                "\"stride\" : \\[ 2, 2 ];\"stride\" : [ 2, -1 ];layer2 (SubsamplingLayer) has a stride of -1",
                "\"padding\" : \\[ 0, 0 ];\"padding\" : [ 1000000, 0 ];layer0 (ConvolutionLayer) has a padding of 1000000",
                "\"activationFn\";\"former\";layer0 (ConvolutionLayer) has no activation function",
                "\"lossFn\";\"former\";layer3 (OutputLayer) has no loss"
            })
    void theLayerIsNamed(String found, String damaged, String message) throws IOException {
        Path file = saved();
        try (FileSystem zip = FileSystems.newFileSystem(file)) {
            Path entry = zip.getPath(ModelSerializer.CONFIGURATION_JSON);
            String json = Files.readString(entry);
            String changed = json.replaceFirst(found, damaged);
            assertThat(changed).isNotEqualTo(json);
            Files.write(entry, changed.getBytes(StandardCharsets.UTF_8));
        }
        assertThatThrownBy(() -> NetworkReader.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(file.toString(), message);
    }

    @Test
    void theUndamagedOneIsRead() throws IOException {
        assertThat(NetworkReader.read(saved()).model().numParams()).isPositive();
    }

    private Path saved() throws IOException {
        Path file = Files.createTempFile(directory, "model", ".zip");
        ModelSerializer.writeModel(Networks.cnn(DataType.FLOAT, seed, true), file.toFile(), false);
        return file;
    }
}
