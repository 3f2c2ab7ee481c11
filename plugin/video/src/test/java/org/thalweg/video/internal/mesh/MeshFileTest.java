package org.thalweg.video.internal.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.testing.Seeds;
import org.thalweg.video.color.ColorMap;

/** A plane of known slope with a hole, read again from both formats. */
class MeshFileTest {

    private final long seed = Seeds.fresh("MeshFileTest");
    private final double slope = new SplittableRandom(seed).nextDouble(0.5, 2);
    private final double[] alpha = {-2, 0, 1, 2};
    private final double[] beta = {0, 1, 2};

    private SurfaceMesh mesh;

    @TempDir
    private Path directory;

    @BeforeEach
    void make() {
        double[][] heights = new double[beta.length][alpha.length];
        for (int row = 0; row < beta.length; row++) {
            for (int column = 0; column < alpha.length; column++) {
                heights[row][column] = slope * alpha[column];
            }
        }
        heights[2][3] = Double.NaN;
        mesh = SurfaceMesh.of(alpha, beta, heights, ColorMap.VIRIDIS);
    }

    @Test
    void theMeshIsThePlane() {
        assertThat(mesh.points()).isEqualTo(11);
        assertThat(mesh.triangles()).hasSize(3 * 2 * 5);
        for (int i = 0; i < mesh.points(); i++) {
            // x from -1 to 1 becomes a height from 0 to 0.86: one normal everywhere.
            double x = mesh.positions()[3 * i];
            assertThat((double) mesh.positions()[3 * i + 1])
                    .as("seed %d", seed)
                    .isCloseTo(0.43 * (x + 1), within(1e-6));
            double norm = Math.hypot(0.43, 1);
            assertThat((double) mesh.normals()[3 * i]).isCloseTo(-0.43 / norm, within(1e-6));
            assertThat((double) mesh.normals()[3 * i + 1]).isCloseTo(1 / norm, within(1e-6));
        }
        assertThat(mesh.colors()[0]).isEqualTo(ColorMap.VIRIDIS.at(0));
        double[][] holes = {{Double.NaN, 1}, {1, 1}};
        assertThatThrownBy(() -> SurfaceMesh.of(new double[] {0, 1}, new double[] {0, 1}, holes, ColorMap.MAGMA))
                .hasMessageContaining("no cell with four finite corners");
    }

    @Test
    void glbHasWhatItsHeadSays() throws IOException {
        Path file = directory.resolve("plane.glb");
        MeshFile.writeGlb(file, mesh);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.getInt()).isEqualTo(0x46546C67);
        assertThat(bytes.getInt()).isEqualTo(2);
        assertThat(bytes.getInt()).isEqualTo(bytes.limit());
        byte[] text = new byte[bytes.getInt()];
        assertThat(bytes.getInt()).isEqualTo(0x4E4F534A);
        bytes.get(text);
        JsonObject json =
                JsonParser.parseString(new String(text, StandardCharsets.UTF_8)).getAsJsonObject();
        int length = bytes.getInt();
        assertThat(bytes.getInt()).isEqualTo(0x004E4942);
        int begin = bytes.position();
        assertThat(begin % 4).isZero();
        assertThat(bytes.limit() - begin).isEqualTo(length);
        assertThat(json.getAsJsonArray("buffers")
                        .get(0)
                        .getAsJsonObject()
                        .get("byteLength")
                        .getAsInt())
                .isEqualTo(length);
        JsonObject positions = json.getAsJsonArray("accessors").get(0).getAsJsonObject();
        assertThat(positions.get("count").getAsInt()).isEqualTo(11);
        assertThat(positions.getAsJsonArray("max").get(1).getAsFloat()).isEqualTo(0.86f);
        assertThat(bytes.getFloat(begin)).isEqualTo(mesh.positions()[0]);
        int corners = json.getAsJsonArray("bufferViews")
                .get(3)
                .getAsJsonObject()
                .get("byteOffset")
                .getAsInt();
        for (int i = 0; i < mesh.triangles().length; i++) {
            assertThat(bytes.getInt(begin + corners + 4 * i)).isEqualTo(mesh.triangles()[i]);
        }
    }

    @Test
    void objHasVerticesNormalsAndFaces() throws IOException {
        Path file = directory.resolve("plane.obj");
        MeshFile.writeObj(file, mesh);
        List<String> lines = Files.readAllLines(file);
        assertThat(lines.stream().filter(line -> line.startsWith("v "))).hasSize(11);
        assertThat(lines.stream().filter(line -> line.startsWith("vn "))).hasSize(11);
        assertThat(lines.stream().filter(line -> line.startsWith("f ")))
                .hasSize(10)
                .first()
                .isEqualTo("f 1//1 2//2 6//6");
        assertThat(lines.get(0)).startsWith("v -1.000000 0.000000 1.000000 0.2667 0.0039 0.3294");
    }
}
