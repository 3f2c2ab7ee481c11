package org.thalweg.video.internal.raster;

/**
 * A pinhole camera: a 3x4 matrix from the scene to the picture. With {@code (X, Y, W) = M (x, y, z, 1)}, a point is at
 * the pixel {@code (X / W, Y / W)}, where pixel (0, 0) has its centre at (0.5, 0.5) and y goes down, and W away along
 * the line of sight. Immutable.
 *
 * <p>The scene's x and y are the two directions, each from -1 to 1 over the grid, and z goes up.
 */
public final class Camera {

    /** Position of the camera: degrees around z from the x axis, degrees above the ground, distance. */
    public record Pose(double azimuth, double elevation, double distance) {
        public Pose {
            if (!(elevation > 0 && elevation < 90) || !(distance > 2)) {
                throw new IllegalArgumentException(
                        "elevation must lie between 0 and 90 degrees and the distance be more" + " than 2, got "
                                + elevation + " and " + distance);
            }
        }

        Pose at(double otherAzimuth) {
            return new Pose(otherAzimuth, elevation, distance);
        }
    }

    /** A rectangle of the picture, in pixels. */
    public record Viewport(double x, double y, double width, double height) {}

    /** The scene's box: |x| and |y| up to 1, z between these. */
    public record Box(double bottom, double top) {}

    private final double[] m;
    private final double[] eye;

    private Camera(double[] m, double[] eye) {
        this.m = m;
        this.eye = eye;
    }

    /**
     * The camera that shows the whole box as large as the viewport allows from every azimuth, so an orbit at this
     * elevation and distance neither cuts the box nor changes the scale.
     */
    public static Camera showing(Box box, Pose pose, Viewport viewport) {
        double widest = 0;
        double top = Double.POSITIVE_INFINITY;
        double bottom = Double.NEGATIVE_INFINITY;
        for (int degrees = 0; degrees < 360; degrees += 5) {
            Camera unit = looking(box, pose.at(degrees), 1, 0, 0);
            for (int corner = 0; corner < 8; corner++) {
                double x = (corner & 1) == 0 ? -1 : 1;
                double y = (corner & 2) == 0 ? -1 : 1;
                double z = (corner & 4) == 0 ? box.bottom() : box.top();
                widest = Math.max(widest, Math.abs(unit.x(x, y, z)));
                top = Math.min(top, unit.y(x, y, z));
                bottom = Math.max(bottom, unit.y(x, y, z));
            }
        }
        double focal = Math.min(viewport.width() / (2 * widest), viewport.height() / (bottom - top));
        double centerX = viewport.x() + viewport.width() / 2;
        double centerY = viewport.y() + viewport.height() / 2 - focal * (top + bottom) / 2;
        return looking(box, pose, focal, centerX, centerY);
    }

    private static Camera looking(Box box, Pose pose, double focal, double centerX, double centerY) {
        double azimuth = Math.toRadians(pose.azimuth());
        double elevation = Math.toRadians(pose.elevation());
        double[] back = {
            Math.cos(azimuth) * Math.cos(elevation), Math.sin(azimuth) * Math.cos(elevation), Math.sin(elevation)
        };
        double[] right = {-Math.sin(azimuth), Math.cos(azimuth), 0};
        double[] up = {
            back[1] * right[2] - back[2] * right[1],
            back[2] * right[0] - back[0] * right[2],
            back[0] * right[1] - back[1] * right[0]
        };
        double[] eye = {
            back[0] * pose.distance(),
            back[1] * pose.distance(),
            back[2] * pose.distance() + (box.bottom() + box.top()) / 2
        };
        double[] m = new double[12];
        for (int i = 0; i < 3; i++) {
            m[i] = focal * right[i] - centerX * back[i];
            m[4 + i] = -focal * up[i] - centerY * back[i];
            m[8 + i] = -back[i];
        }
        for (int row = 0; row < 3; row++) {
            m[4 * row + 3] = -(m[4 * row] * eye[0] + m[4 * row + 1] * eye[1] + m[4 * row + 2] * eye[2]);
        }
        return new Camera(m, eye);
    }

    /** Distance along the line of sight. */
    public double w(double x, double y, double z) {
        return m[8] * x + m[9] * y + m[10] * z + m[11];
    }

    /** Column of the picture, in pixels. */
    public double x(double x, double y, double z) {
        return (m[0] * x + m[1] * y + m[2] * z + m[3]) / w(x, y, z);
    }

    /** Row of the picture, in pixels, downwards. */
    public double y(double x, double y, double z) {
        return (m[4] * x + m[5] * y + m[6] * z + m[7]) / w(x, y, z);
    }

    /** An entry of the 3x4 matrix. */
    double m(int row, int column) {
        return m[4 * row + column];
    }

    /** A coordinate of the camera: 0, 1, 2 for x, y, z. */
    public double eye(int axis) {
        return eye[axis];
    }

    /** The unit vector from the scene's centre to the camera, {@code [3]}. */
    double[] back() {
        return new double[] {-m[8], -m[9], -m[10]};
    }
}
