package org.thalweg.recording.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.jhdf.HdfFile;
import io.jhdf.api.Group;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.thalweg.testing.Peers;
import org.thalweg.testing.Seeds;
import org.thalweg.testing.StandardError;

class Hdf5WriterTest {

    private final Random random = new Random(Seeds.fresh("Hdf5WriterTest"));

    @TempDir
    private Path directory;

    /** jHDF's own way of writing loses groups without datasets, depending on the order of a hash map. */
    @Test
    void groupsWithAndWithoutDatasetsComeBack() throws IOException {
        Path file = directory.resolve("groups.h5");
        Map<String, double[]> written = new TreeMap<>();
        for (int i = 0; i < 20; i++) {
            written.put(
                    "g" + random.nextInt(1_000_000),
                    random.doubles(random.nextInt(3)).toArray());
        }
        Hdf5Writer.write(file, root -> written.forEach((name, values) -> put(root.putGroup(name), values)));
        try (HdfFile hdf5 = new HdfFile(file)) {
            written.forEach((name, values) -> {
                Group group = (Group) hdf5.getChild(name);
                assertThat(group.getAttribute("size").getData()).isEqualTo(values.length);
                assertThat(group.getChildren()).hasSize(values.length == 0 ? 0 : 1);
                if (values.length > 0) {
                    assertThat(group.getDatasetByPath("values").getData()).isEqualTo(values);
                }
            });
        }
        String seen = Peers.python("/org/thalweg/recording/list_groups.py", List.of("h5py"), file);
        assertThat(seen.lines())
                .containsExactlyElementsOf(written.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue().length)
                        .toList());
    }

    private static void put(WritableGroup group, double[] values) {
        group.putAttribute("size", values.length);
        if (values.length > 0) {
            group.putDataset("values", values);
        }
    }

    /** The user's log does not get jHDF's warning for each file that writing is in alpha. */
    @Test
    void nothingIsWarnedOf() {
        assertThat(LoggerFactory.getLogger(HdfFile.class).isWarnEnabled()).isTrue();
        String logged = StandardError.during(() -> {
            try {
                Hdf5Writer.write(directory.resolve("quiet.h5"), root -> root.putDataset("values", new double[] {1}));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(logged).isEmpty();
    }
}
