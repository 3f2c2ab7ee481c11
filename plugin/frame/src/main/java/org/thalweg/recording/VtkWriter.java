package org.thalweg.recording;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.thalweg.recording.internal.AtomicFile;

/**
 * Writes a surface as VTK's XML PolyData in plain text, which ParaView opens: points (x, y, z), quads between them,
 * {@code zvalue} at the points and its mean over each quad as {@code averaged zvalue}, in the layout and under the names
 * of the converter {@code h52vtp.py} of <a href="https://github.com/tomgoldstein/loss-landscape">loss-landscape</a>.
 * Points with a non-finite height are omitted, with the quads around them. Immutable; thread-safe.
 *
 * @param clip height at which the surface is clipped, before the logarithm
 * @param logarithmic whether heights are ln(value + 0.1), as in the converter
 * @since 0.2.0
 */
public record VtkWriter(OptionalDouble clip, boolean logarithmic) {

    /** The converter adds this before it takes the logarithm. */
    private static final double OFFSET = 0.1;

    /** Index of a point that is omitted. */
    private static final int NONE = -1;

    public VtkWriter {
        if (clip.isPresent() && !Double.isFinite(clip.getAsDouble())) {
            throw new IllegalArgumentException("the height to clip at must be finite, got " + clip.getAsDouble());
        }
    }

    /**
     * Replaces a file atomically.
     *
     * @param x coordinates of the columns, {@code [nx]}
     * @param y coordinates of the rows, {@code [ny]}
     * @param values {@code [ny][nx]}
     * @throws IOException if the file cannot be written; the message names it
     * @throws IllegalArgumentException if no quad has four finite corners
     */
    public void write(Path file, double[] x, double[] y, double[][] values) throws IOException {
        Mesh mesh = mesh(x, y, values);
        if (mesh.quads.isEmpty()) {
            throw new IllegalArgumentException(
                    "the surface has no cell with four finite corners: there is nothing to write");
        }
        AtomicFile.write(file, part -> {
            try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(part))) {
                write(out, mesh);
                if (out.checkError()) {
                    throw new IOException("the disk may be full");
                }
            }
        });
    }

    /** Points, each {x, y, z}, and quads of four of them. */
    private record Mesh(List<double[]> points, List<int[]> quads) {}

    private Mesh mesh(double[] x, double[] y, double[][] values) {
        List<double[]> points = new ArrayList<>();
        int[][] index = new int[y.length][x.length];
        for (int row = 0; row < y.length; row++) {
            for (int column = 0; column < x.length; column++) {
                double z = height(values[row][column]);
                index[row][column] = Double.isFinite(z) ? points.size() : NONE;
                if (Double.isFinite(z)) {
                    points.add(new double[] {x[column], y[row], z});
                }
            }
        }
        List<int[]> quads = new ArrayList<>();
        for (int row = 0; row + 1 < y.length; row++) {
            for (int column = 0; column + 1 < x.length; column++) {
                int[] quad = {
                    index[row][column], index[row][column + 1], index[row + 1][column + 1], index[row + 1][column]
                };
                if (IntStream.of(quad).noneMatch(corner -> corner == NONE)) {
                    quads.add(quad);
                }
            }
        }
        return new Mesh(points, quads);
    }

    private double height(double value) {
        double clipped = clip.isPresent() ? Math.min(value, clip.getAsDouble()) : value;
        return logarithmic ? Math.log(clipped + OFFSET) : clipped;
    }

    private static void write(PrintWriter out, Mesh mesh) {
        out.println("<?xml version=\"1.0\"?>");
        out.println("<VTKFile type=\"PolyData\" version=\"1.0\" byte_order=\"LittleEndian\" header_type=\"UInt64\">");
        out.println("<PolyData>");
        out.printf(
                Locale.ROOT,
                "<Piece NumberOfPoints=\"%d\" NumberOfVerts=\"0\" NumberOfLines=\"0\" NumberOfStrips=\"0\""
                        + " NumberOfPolys=\"%d\">%n",
                mesh.points.size(),
                mesh.quads.size());
        out.println("<PointData Scalars=\"zvalue\">");
        floats(out, "zvalue", 1, mesh.points.stream().mapToDouble(point -> point[2]));
        out.println("</PointData>");
        out.println("<CellData>");
        floats(out, "averaged zvalue", 1, mesh.quads.stream().mapToDouble(quad -> mean(mesh, quad)));
        out.println("</CellData>");
        out.println("<Points>");
        floats(out, "Points", 3, mesh.points.stream().flatMapToDouble(DoubleStream::of));
        out.println("</Points>");
        out.println("<Polys>");
        integers(out, "connectivity", mesh.quads.stream().flatMapToInt(IntStream::of));
        integers(out, "offsets", IntStream.rangeClosed(1, mesh.quads.size()).map(quad -> 4 * quad));
        out.println("</Polys>");
        out.println("</Piece>");
        out.println("</PolyData>");
        out.println("</VTKFile>");
    }

    private static double mean(Mesh mesh, int[] quad) {
        return IntStream.of(quad)
                .mapToDouble(corner -> mesh.points.get(corner)[2])
                .average()
                .orElseThrow();
    }

    private static void floats(PrintWriter out, String name, int components, DoubleStream values) {
        out.printf(
                Locale.ROOT,
                "<DataArray type=\"Float32\" Name=\"%s\" NumberOfComponents=\"%d\" format=\"ascii\">%n",
                name,
                components);
        values.forEach(value -> out.println((float) value));
        out.println("</DataArray>");
    }

    private static void integers(PrintWriter out, String name, IntStream values) {
        out.printf(Locale.ROOT, "<DataArray type=\"Int64\" Name=\"%s\" format=\"ascii\">%n", name);
        values.forEach(out::println);
        out.println("</DataArray>");
    }
}
