package org.thalweg.viewer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.thalweg.frame.SurfaceValues;

/**
 * A surface in the page's binary format, little-endian:
 *
 * <pre>
 * uint32   nx, ny
 * uint32   bits of the fields that follow: 1 loss, 2 accuracy, 4 validation loss, 8 validation accuracy
 * float32  alpha [nx], beta [ny]
 * float32  each field [ny][nx], in the order above
 * uint8    whether a point was computed, 1, or interpolated, 2, or has no value, 0 [ny][nx]
 * </pre>
 */
final class SurfaceBytes {

    private static final int HEADER = 3 * Integer.BYTES;

    private SurfaceBytes() {}

    static byte[] of(SurfaceValues surface) {
        List<double[][]> fields = new ArrayList<>();
        fields.add(surface.loss());
        int present = 1;
        present |= surface.accuracy().filter(fields::add).isPresent() ? 2 : 0;
        present |= surface.validationLoss().filter(fields::add).isPresent() ? 4 : 0;
        present |= surface.validationAccuracy().filter(fields::add).isPresent() ? 8 : 0;
        double[] alpha = surface.alpha();
        double[] beta = surface.beta();
        int points = alpha.length * beta.length;
        ByteBuffer bytes = ByteBuffer.allocate(
                        HEADER + Float.BYTES * (alpha.length + beta.length + fields.size() * points) + points)
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(alpha.length).putInt(beta.length).putInt(present);
        put(bytes, alpha);
        put(bytes, beta);
        for (double[][] field : fields) {
            for (double[] row : field) {
                put(bytes, row);
            }
        }
        int otherwise = surface.interpolation().isPresent() ? 2 : 0;
        for (boolean[] row : surface.evaluated()) {
            for (boolean point : row) {
                bytes.put((byte) (point ? 1 : otherwise));
            }
        }
        return bytes.array();
    }

    private static void put(ByteBuffer bytes, double[] values) {
        for (double value : values) {
            bytes.putFloat((float) value);
        }
    }
}
