package org.thalweg.video.internal.text;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Glyph outlines of a TrueType font (ISO/IEC 14496-22, tables head, hhea, maxp, hmtx, loca, glyf, cmap format 4),
 * without hints and layout tables: glyphs of a line are placed one after another. Immutable and thread-safe.
 */
public final class OutlineFont {

    /** Noto Sans. */
    public static final OutlineFont REGULAR = bundled("NotoSans-Regular.ttf");

    /** Noto Sans, bold. */
    public static final OutlineFont BOLD = bundled("NotoSans-Bold.ttf");

    private static final char MINUS = '\u2212';
    private static final char EN_DASH = '\u2013';

    private static final int ON_CURVE = 1;
    private static final int X_SHORT = 2;
    private static final int Y_SHORT = 4;
    private static final int REPEAT = 8;
    private static final int X_SAME_OR_POSITIVE = 16;
    private static final int Y_SAME_OR_POSITIVE = 32;

    private static final int ARGUMENTS_ARE_WORDS = 1;
    private static final int SCALED = 8;
    private static final int MORE_PARTS = 32;
    private static final int SCALED_BY_AXIS = 64;
    private static final int MATRIX = 128;

    private final ByteBuffer data;
    private final Map<String, Integer> tables = new HashMap<>();
    private final double unitsPerEm;
    private final Map<Character, Glyph> glyphs = new HashMap<>();

    /** An outline in ems, y downwards, and the advance to the next glyph. */
    private record Glyph(Path2D outline, double advance) {}

    private OutlineFont(byte[] bytes) {
        data = ByteBuffer.wrap(bytes);
        int count = data.getShort(4);
        for (int i = 0; i < count; i++) {
            byte[] tag = new byte[4];
            data.get(12 + 16 * i, tag);
            tables.put(new String(tag, java.nio.charset.StandardCharsets.US_ASCII), data.getInt(12 + 16 * i + 8));
        }
        unitsPerEm = u16(table("head") + 18);
        readGlyphs();
        Glyph dash = glyphs.get(EN_DASH);
        if (dash != null) {
            // The bundled fonts have no minus sign, and an en dash is about as long.
            glyphs.putIfAbsent(MINUS, dash);
        }
    }

    private static OutlineFont bundled(String name) {
        try (InputStream in = OutlineFont.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the font " + name + " is missing from the jar");
            }
            return new OutlineFont(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Width of a line in ems. */
    public double width(String text) {
        double width = 0;
        for (int i = 0; i < text.length(); i++) {
            width += glyph(text.charAt(i)).advance;
        }
        return width;
    }

    /**
     * The outline of a line of text.
     *
     * @param x left end of the baseline
     * @param y baseline, downwards
     * @param size of an em
     */
    public Path2D outline(String text, double x, double y, double size) {
        Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO);
        double pen = x;
        for (int i = 0; i < text.length(); i++) {
            Glyph glyph = glyph(text.charAt(i));
            AffineTransform place = new AffineTransform(size, 0, 0, size, pen, y);
            path.append(glyph.outline.getPathIterator(place), false);
            pen += size * glyph.advance;
        }
        return path;
    }

    /** A character that the font lacks is shown as a question mark. */
    private Glyph glyph(char character) {
        Glyph glyph = glyphs.get(character);
        if (glyph == null) {
            glyph = glyphs.get('?');
        }
        if (glyph == null) {
            throw new IllegalStateException("the font has no question mark");
        }
        return glyph;
    }

    private int table(String tag) {
        Integer offset = tables.get(tag);
        if (offset == null) {
            throw new IllegalStateException("the font has no table " + tag);
        }
        return offset;
    }

    /**
     * Segments of the character map: characters from start to end map to glyph (character + delta) or to a list entry.
     */
    private void readGlyphs() {
        int cmap = table("cmap");
        int map = cmap + data.getInt(cmap + 4 + 4);
        if (u16(map) != 4) {
            throw new IllegalStateException("the font's character map must have format 4, got " + u16(map));
        }
        int segments = u16(map + 6) / 2;
        int ends = map + 14;
        int starts = ends + 2 * segments + 2;
        int deltas = starts + 2 * segments;
        int offsets = deltas + 2 * segments;
        for (int i = 0; i < segments; i++) {
            int end = Math.min(u16(ends + 2 * i), 0xFFFE);
            int start = u16(starts + 2 * i);
            for (int character = start; character <= end; character++) {
                int offset = u16(offsets + 2 * i);
                int index = character;
                if (offset != 0) {
                    index = u16(offsets + 2 * i + offset + 2 * (character - start));
                }
                int glyph = (index + u16(deltas + 2 * i)) & 0xFFFF;
                glyphs.put((char) character, new Glyph(outline(glyph), advance(glyph)));
            }
        }
    }

    private double advance(int glyph) {
        int metrics = u16(table("hhea") + 34);
        return u16(table("hmtx") + 4 * Math.min(glyph, metrics - 1)) / unitsPerEm;
    }

    private Path2D outline(int glyph) {
        boolean wide = u16(table("head") + 50) != 0;
        int loca = table("loca");
        int from = wide ? data.getInt(loca + 4 * glyph) : 2 * u16(loca + 2 * glyph);
        int to = wide ? data.getInt(loca + 4 * glyph + 4) : 2 * u16(loca + 2 * glyph + 2);
        if (from == to) {
            return new Path2D.Double();
        }
        int at = table("glyf") + from;
        int contours = data.getShort(at);
        return contours >= 0 ? simple(at + 10, contours) : composed(at + 10);
    }

    private Path2D simple(int at, int contours) {
        int[] ends = new int[contours];
        for (int i = 0; i < contours; i++) {
            ends[i] = u16(at + 2 * i);
        }
        int points = ends[contours - 1] + 1;
        int position = at + 2 * contours;
        position += 2 + u16(position);
        int[] flags = new int[points];
        for (int i = 0; i < points; i++) {
            flags[i] = data.get(position++) & 0xFF;
            if ((flags[i] & REPEAT) != 0) {
                int repeats = data.get(position++) & 0xFF;
                for (int k = 0; k < repeats; k++, i++) {
                    flags[i + 1] = flags[i];
                }
            }
        }
        double[] x = new double[points];
        position = coordinates(position, flags, X_SHORT, X_SAME_OR_POSITIVE, x);
        double[] y = new double[points];
        coordinates(position, flags, Y_SHORT, Y_SAME_OR_POSITIVE, y);
        Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO);
        int start = 0;
        for (int end : ends) {
            contour(path, new Points(flags, x, y, start, end - start + 1));
            start = end + 1;
        }
        path.transform(AffineTransform.getScaleInstance(1 / unitsPerEm, -1 / unitsPerEm));
        return path;
    }

    private int coordinates(int from, int[] flags, int isShort, int sameOrPositive, double[] values) {
        int position = from;
        int value = 0;
        for (int i = 0; i < flags.length; i++) {
            if ((flags[i] & isShort) != 0) {
                int step = data.get(position++) & 0xFF;
                value += (flags[i] & sameOrPositive) != 0 ? step : -step;
            } else if ((flags[i] & sameOrPositive) == 0) {
                value += data.getShort(position);
                position += 2;
            }
            values[i] = value;
        }
        return position;
    }

    /** The points of one contour, counted around. */
    private record Points(int[] flags, double[] xs, double[] ys, int start, int count) {

        boolean onCurve(int i) {
            return (flags[start + i % count] & ON_CURVE) != 0;
        }

        double x(int i) {
            return xs[start + i % count];
        }

        double y(int i) {
            return ys[start + i % count];
        }
    }

    /** Quadratic splines; between two consecutive control points lies an implied point on the curve. */
    private static void contour(Path2D path, Points points) {
        int first = 0;
        while (first < points.count && !points.onCurve(first)) {
            first++;
        }
        if (first == points.count) {
            throw new IllegalStateException("a contour without a point on the curve is not supported");
        }
        path.moveTo(points.x(first), points.y(first));
        for (int i = first + 1; i <= first + points.count; i++) {
            if (points.onCurve(i)) {
                path.lineTo(points.x(i), points.y(i));
                continue;
            }
            if (points.onCurve(i + 1)) {
                path.quadTo(points.x(i), points.y(i), points.x(i + 1), points.y(i + 1));
                i++;
            } else {
                double middleX = (points.x(i) + points.x(i + 1)) / 2;
                double middleY = (points.y(i) + points.y(i + 1)) / 2;
                path.quadTo(points.x(i), points.y(i), middleX, middleY);
            }
        }
        path.closePath();
    }

    /** A glyph composed of others, such as a letter and its accent. */
    private Path2D composed(int from) {
        Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO);
        int at = from;
        int flags;
        do {
            flags = u16(at);
            int part = u16(at + 2);
            at += 4;
            boolean words = (flags & ARGUMENTS_ARE_WORDS) != 0;
            double dx = words ? data.getShort(at) : data.get(at);
            double dy = words ? data.getShort(at + 2) : data.get(at + 1);
            at += words ? 4 : 2;
            double[] m = {1, 0, 0, 1};
            if ((flags & SCALED) != 0) {
                m[0] = m[3] = f2dot14(at);
                at += 2;
            } else if ((flags & SCALED_BY_AXIS) != 0) {
                m[0] = f2dot14(at);
                m[3] = f2dot14(at + 2);
                at += 4;
            } else if ((flags & MATRIX) != 0) {
                for (int i = 0; i < 4; i++) {
                    m[i] = f2dot14(at + 2 * i);
                }
                at += 8;
            }
            // Outlines already have y downwards, so the off-diagonal entries change sign.
            AffineTransform place = new AffineTransform(m[0], -m[1], -m[2], m[3], dx / unitsPerEm, -dy / unitsPerEm);
            path.append(outline(part).getPathIterator(place), false);
        } while ((flags & MORE_PARTS) != 0);
        return path;
    }

    private double f2dot14(int at) {
        return data.getShort(at) / 16384.0;
    }

    private int u16(int at) {
        return data.getShort(at) & 0xFFFF;
    }
}
