package org.thalweg.video.internal.mesh;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.thalweg.recording.internal.AtomicFile;
import org.thalweg.video.internal.color.Srgb;

/** Meshes as files. Each is replaced atomically. */
public final class MeshFile {

    private static final int FLOAT = 5126;
    private static final int UNSIGNED_INT = 5125;
    private static final int ARRAY_BUFFER = 34962;
    private static final int ELEMENT_ARRAY_BUFFER = 34963;

    private MeshFile() {}

    /**
     * Writes Wavefront OBJ with colours after the coordinates of each vertex, as Blender and MeshLab read them.
     *
     * @throws IOException if the file cannot be written; the message names it
     */
    public static void writeObj(Path file, SurfaceMesh mesh) throws IOException {
        AtomicFile.write(file, part -> {
            try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(part))) {
                float[] p = mesh.positions();
                float[] n = mesh.normals();
                for (int i = 0; i < mesh.points(); i++) {
                    int color = mesh.colors()[i];
                    out.printf(
                            Locale.ROOT,
                            "v %.6f %.6f %.6f %.4f %.4f %.4f%n",
                            p[3 * i],
                            p[3 * i + 1],
                            p[3 * i + 2],
                            (color >> 16 & 0xFF) / 255.0,
                            (color >> 8 & 0xFF) / 255.0,
                            (color & 0xFF) / 255.0);
                }
                for (int i = 0; i < mesh.points(); i++) {
                    out.printf(Locale.ROOT, "vn %.6f %.6f %.6f%n", n[3 * i], n[3 * i + 1], n[3 * i + 2]);
                }
                int[] t = mesh.triangles();
                for (int i = 0; i < t.length; i += 3) {
                    out.printf(
                            Locale.ROOT, "f %1$d//%1$d %2$d//%2$d %3$d//%3$d%n", t[i] + 1, t[i + 1] + 1, t[i + 2] + 1);
                }
                if (out.checkError()) {
                    throw new IOException("the disk may be full");
                }
            }
        });
    }

    /**
     * Writes binary glTF 2.0 (Khronos Group; ISO/IEC 12113): one mesh with normals and vertex colours in linear light.
     *
     * @throws IOException if the file cannot be written; the message names it
     */
    public static void writeGlb(Path file, SurfaceMesh mesh) throws IOException {
        byte[] binary = binary(mesh);
        byte[] json = padded(json(mesh, binary.length).toString().getBytes(StandardCharsets.UTF_8));
        int length = 12 + 8 + json.length + 8 + binary.length;
        ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0x46546C67).putInt(2).putInt(length);
        out.putInt(json.length).putInt(0x4E4F534A).put(json);
        out.putInt(binary.length).putInt(0x004E4942).put(binary);
        AtomicFile.write(file, part -> Files.write(part, out.array()));
    }

    private static byte[] padded(byte[] text) {
        byte[] padded = Arrays.copyOf(text, (text.length + 3) / 4 * 4);
        Arrays.fill(padded, text.length, padded.length, (byte) ' ');
        return padded;
    }

    private static byte[] binary(SurfaceMesh mesh) {
        int floats = 3 * mesh.points();
        ByteBuffer bytes =
                ByteBuffer.allocate(4 * (3 * floats + mesh.triangles().length)).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : mesh.positions()) {
            bytes.putFloat(value);
        }
        for (float value : mesh.normals()) {
            bytes.putFloat(value);
        }
        for (int color : mesh.colors()) {
            for (int shift = 16; shift >= 0; shift -= 8) {
                bytes.putFloat((float) Srgb.decode((color >> shift & 0xFF) / 255.0));
            }
        }
        for (int corner : mesh.triangles()) {
            bytes.putInt(corner);
        }
        return bytes.array();
    }

    private static JsonObject json(SurfaceMesh mesh, int length) {
        int vectors = 12 * mesh.points();
        JsonArray views = new JsonArray();
        JsonArray accessors = new JsonArray();
        for (int i = 0; i < 3; i++) {
            views.add(view(i * vectors, vectors, ARRAY_BUFFER));
            accessors.add(accessor(i, FLOAT, mesh.points(), "VEC3"));
        }
        views.add(view(3 * vectors, length - 3 * vectors, ELEMENT_ARRAY_BUFFER));
        accessors.add(accessor(3, UNSIGNED_INT, mesh.triangles().length, "SCALAR"));
        bounds(accessors.get(0).getAsJsonObject(), mesh.positions());
        JsonObject attributes = new JsonObject();
        attributes.addProperty("POSITION", 0);
        attributes.addProperty("NORMAL", 1);
        attributes.addProperty("COLOR_0", 2);
        JsonObject primitive = new JsonObject();
        primitive.add("attributes", attributes);
        primitive.addProperty("indices", 3);
        primitive.addProperty("material", 0);
        JsonObject json = new JsonObject();
        json.add("asset", object("version", "2.0", "generator", "Thalweg"));
        json.add("scenes", list(with("nodes", numbers(0))));
        json.addProperty("scene", 0);
        json.add("nodes", list(object("mesh", 0, "name", "loss surface")));
        json.add("meshes", list(with("primitives", list(primitive))));
        json.add("materials", list(material()));
        json.add("accessors", accessors);
        json.add("bufferViews", views);
        json.add("buffers", list(object("byteLength", length)));
        return json;
    }

    private static JsonObject material() {
        JsonObject material = new JsonObject();
        material.add("pbrMetallicRoughness", object("metallicFactor", 0, "roughnessFactor", 0.7));
        material.addProperty("doubleSided", true);
        return material;
    }

    private static JsonObject view(int offset, int length, int target) {
        return object("buffer", 0, "byteOffset", offset, "byteLength", length, "target", target);
    }

    private static JsonObject accessor(int view, int type, int count, String shape) {
        return object("bufferView", view, "componentType", type, "count", count, "type", shape);
    }

    private static void bounds(JsonObject accessor, float[] positions) {
        JsonArray low = new JsonArray();
        JsonArray high = new JsonArray();
        for (int axis = 0; axis < 3; axis++) {
            float least = Float.POSITIVE_INFINITY;
            float most = Float.NEGATIVE_INFINITY;
            for (int i = axis; i < positions.length; i += 3) {
                least = Math.min(least, positions[i]);
                most = Math.max(most, positions[i]);
            }
            low.add(least);
            high.add(most);
        }
        accessor.add("min", low);
        accessor.add("max", high);
    }

    /** An object of names and values, in turn. */
    private static JsonObject object(Object... entries) {
        JsonObject object = new JsonObject();
        for (int i = 0; i < entries.length; i += 2) {
            String name = (String) entries[i];
            if (entries[i + 1] instanceof Number number) {
                object.addProperty(name, number);
            } else {
                object.addProperty(name, (String) entries[i + 1]);
            }
        }
        return object;
    }

    private static JsonObject with(String name, JsonArray values) {
        JsonObject object = new JsonObject();
        object.add(name, values);
        return object;
    }

    private static JsonArray list(JsonObject only) {
        JsonArray array = new JsonArray();
        array.add(only);
        return array;
    }

    private static JsonArray numbers(int only) {
        JsonArray array = new JsonArray();
        array.add(only);
        return array;
    }
}
