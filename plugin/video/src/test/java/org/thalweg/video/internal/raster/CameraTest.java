package org.thalweg.video.internal.raster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.thalweg.testing.Seeds;
import org.thalweg.video.internal.raster.Camera.Box;
import org.thalweg.video.internal.raster.Camera.Pose;
import org.thalweg.video.internal.raster.Camera.Viewport;

class CameraTest {

    private final long seed = Seeds.fresh("CameraTest");
    private final SplittableRandom random = new SplittableRandom(seed);

    @RepeatedTest(5)
    void keepsTheWholeBoxInTheViewportAllAroundAndFillsItSomewhere() {
        Viewport viewport = new Viewport(
                random.nextDouble(0, 300),
                random.nextDouble(0, 300),
                random.nextDouble(200, 2000),
                random.nextDouble(200, 2000));
        Box box = new Box(random.nextDouble(-0.6, 0), random.nextDouble(0.2, 1));
        Pose pose = new Pose(0, random.nextDouble(15, 70), 6.5);
        double spare = Double.POSITIVE_INFINITY;
        for (int degrees = 0; degrees < 360; degrees += 5) {
            Camera camera = Camera.showing(box, pose.at(degrees), viewport);
            for (int corner = 0; corner < 8; corner++) {
                double x = (corner & 1) == 0 ? -1 : 1;
                double y = (corner & 2) == 0 ? -1 : 1;
                double z = (corner & 4) == 0 ? box.bottom() : box.top();
                double px = camera.x(x, y, z);
                double py = camera.y(x, y, z);
                double left = px - viewport.x();
                double right = viewport.x() + viewport.width() - px;
                double above = py - viewport.y();
                double below = viewport.y() + viewport.height() - py;
                double least = Math.min(Math.min(left, right), Math.min(above, below));
                assertThat(least).as("pixels to the border, seed %d", seed).isGreaterThan(-1e-6);
                spare = Math.min(spare, least);
            }
        }
        assertThat(spare).as("pixels wasted, seed %d", seed).isCloseTo(0, within(1e-6));
    }

    @RepeatedTest(5)
    void projectsLikeAPinhole() {
        double azimuth = random.nextDouble(0, 360);
        Viewport viewport = new Viewport(0, 0, 800, 600);
        Camera camera = Camera.showing(new Box(-0.3, 0.9), new Pose(azimuth, 40, 6.5), viewport);
        // Points on one line through the eye share a pixel, and W grows with the distance.
        double x = random.nextDouble(-1, 1);
        double y = random.nextDouble(-1, 1);
        double z = random.nextDouble(0, 1);
        double t = random.nextDouble(1.05, 1.4);
        double fx = camera.eye(0) + t * (x - camera.eye(0));
        double fy = camera.eye(1) + t * (y - camera.eye(1));
        double fz = camera.eye(2) + t * (z - camera.eye(2));
        assertThat(camera.x(fx, fy, fz)).as("seed %d", seed).isCloseTo(camera.x(x, y, z), within(1e-8));
        assertThat(camera.y(fx, fy, fz)).as("seed %d", seed).isCloseTo(camera.y(x, y, z), within(1e-8));
        assertThat(camera.w(fx, fy, fz)).as("seed %d", seed).isCloseTo(t * camera.w(x, y, z), within(1e-9));
        // Up is up, and seen from azimuth 0 the y axis runs to the right.
        assertThat(camera.y(x, y, z + 0.1)).isLessThan(camera.y(x, y, z));
        Camera front = Camera.showing(new Box(-0.3, 0.9), new Pose(0, 40, 6.5), viewport);
        assertThat(front.x(0, 1, 0)).isGreaterThan(front.x(0, -1, 0));
    }
}
