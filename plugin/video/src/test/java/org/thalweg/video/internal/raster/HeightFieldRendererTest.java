package org.thalweg.video.internal.raster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thalweg.testing.Seeds;
import org.thalweg.video.color.ColorMap;
import org.thalweg.video.internal.raster.Camera.Box;
import org.thalweg.video.internal.raster.Camera.Pose;
import org.thalweg.video.internal.raster.Camera.Viewport;
import org.thalweg.video.internal.raster.HeightFieldRenderer.View;

/** Pictures against rays cast at the same shapes in closed form. */
class HeightFieldRendererTest {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final double GROUND = -0.4;
    /** Of a ray, in units of the scene. */
    private static final double STEP = 0.004;

    private static final int BISECTIONS = 40;
    private static final Viewport VIEWPORT = new Viewport(0, 0, WIDTH, HEIGHT);

    private final long seed = Seeds.fresh("HeightFieldRendererTest");
    private final SplittableRandom random = new SplittableRandom(seed);

    /** Shapes whose every point is known. */
    enum Shape {
        PLANE((x, y) -> 0.5 + 0.2 * x - 0.15 * y),
        PARABOLOID((x, y) -> 0.1 + 0.42 * (x * x + y * y)),
        SADDLE((x, y) -> 0.5 + 0.4 * (x * x - y * y));

        @SuppressWarnings("ImmutableEnumChecker") // a function without state
        private final DoubleBinaryOperator height;

        Shape(DoubleBinaryOperator height) {
            this.height = height;
        }
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void showsAtEachPixelWhatARayThroughItMeetsFirst(Shape shape) {
        Camera camera = camera();
        checkAgainstRays(render(field(shape.height), camera, 2), shape.height, camera);
    }

    /** On a coarse mesh, cells that are flat on one side and steep on the other would show as teeth. */
    @Test
    void cutsAPlateauWhereTheScaleEnds() {
        DoubleBinaryOperator ramp = (x, y) -> 0.75 + 0.4 * x + 0.15 * y;
        Camera camera = camera();
        checkAgainstRays(render(field(ramp, 17), camera, 2), (x, y) -> Math.min(1, ramp.applyAsDouble(x, y)), camera);
    }

    private void checkAgainstRays(Picture picture, DoubleBinaryOperator height, Camera camera) {
        int checked = 0;
        for (int i = 0; i < 600; i++) {
            int column = random.nextInt(2, WIDTH - 2);
            int row = random.nextInt(2, HEIGHT - 2);
            double least = Double.POSITIVE_INFINITY;
            double most = 0;
            for (int dx = -4; dx <= 4; dx++) {
                for (int dy = -4; dy <= 4; dy++) {
                    double nearness = cast(height, camera, column + 0.5 + dx / 4.0, row + 0.5 + dy / 4.0);
                    least = Math.min(least, nearness);
                    most = Math.max(most, nearness);
                }
            }
            // A pixel keeps the nearest of its four samples, which a ray within one pixel meets. The mesh of straight
            // pieces deviates by less than 1e-4 of the distance, and at a rim, where the nearest point is an edge, the
            // rays pass it by an eighth of a pixel: up to 5e-4 at a grazing view.
            double shown = picture.nearness()[row * WIDTH + column];
            assertThat(shown)
                    .as("pixel %d, %d, seed %d", column, row, seed)
                    .isBetween(least * (1 - 6e-4), most * (1 + 6e-4));
            checked += most > 0 ? 1 : 0;
        }
        assertThat(checked).as("rays that meet something").isGreaterThan(75);
    }

    /** 1 / W of what a ray meets first, 0 for nothing: small steps, then bisection. */
    private static double cast(DoubleBinaryOperator height, Camera camera, double px, double py) {
        double[] direction = ray(camera, px, py);
        double nearness = 0;
        for (double t = 3; t < 10 && nearness == 0; t += STEP) {
            nearness = meeting(height, camera, direction, t, t + STEP);
        }
        double toGround = (GROUND - camera.eye(2)) / direction[2];
        double x = camera.eye(0) + toGround * direction[0];
        double y = camera.eye(1) + toGround * direction[1];
        boolean onGround = Math.abs(x) <= 1 && Math.abs(y) <= 1;
        return onGround ? Math.max(nearness, 1 / w(camera, direction, toGround)) : nearness;
    }

    /** 1 / W of where a piece of a ray crosses the surface, 0 if it does not; cut to what lies over the surface. */
    private static double meeting(
            DoubleBinaryOperator height, Camera camera, double[] direction, double from, double to) {
        boolean begins = !Double.isNaN(above(height, camera, direction, from));
        boolean ends = !Double.isNaN(above(height, camera, direction, to));
        if (!begins && !ends) {
            return 0;
        }
        double low = begins ? from : rim(height, camera, direction, to, from);
        double high = ends ? to : rim(height, camera, direction, from, to);
        double before = above(height, camera, direction, low);
        if (before * above(height, camera, direction, high) > 0) {
            return 0;
        }
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (low + high) / 2;
            boolean sameSide = above(height, camera, direction, middle) * before > 0;
            low = sameSide ? middle : low;
            high = sameSide ? high : middle;
        }
        return 1 / w(camera, direction, low);
    }

    /** The last point over the surface between one that is and one that is not. */
    private static double rim(
            DoubleBinaryOperator height, Camera camera, double[] direction, double over, double beside) {
        double inside = over;
        double outside = beside;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (inside + outside) / 2;
            boolean isInside = !Double.isNaN(above(height, camera, direction, middle));
            inside = isInside ? middle : inside;
            outside = isInside ? outside : middle;
        }
        return inside;
    }

    private static double above(DoubleBinaryOperator height, Camera camera, double[] direction, double t) {
        double x = camera.eye(0) + t * direction[0];
        double y = camera.eye(1) + t * direction[1];
        double z = camera.eye(2) + t * direction[2];
        return Math.abs(x) <= 1 && Math.abs(y) <= 1 ? z - height.applyAsDouble(x, y) : Double.NaN;
    }

    private static double w(Camera camera, double[] direction, double t) {
        return camera.w(
                camera.eye(0) + t * direction[0], camera.eye(1) + t * direction[1], camera.eye(2) + t * direction[2]);
    }

    /** The direction that projects to a pixel: solves the projection's two equations with the line of sight. */
    private static double[] ray(Camera camera, double px, double py) {
        double[] a = new double[3];
        double[] b = new double[3];
        for (int i = 0; i < 3; i++) {
            a[i] = camera.m(0, i) - px * camera.m(2, i);
            b[i] = camera.m(1, i) - py * camera.m(2, i);
        }
        double[] d = {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
        double forward = camera.m(2, 0) * d[0] + camera.m(2, 1) * d[1] + camera.m(2, 2) * d[2];
        double norm = Math.copySign(Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]), forward);
        return new double[] {d[0] / norm, d[1] / norm, d[2] / norm};
    }

    @Test
    void drawsAContourLineWhereItsLevelProjectsTo() {
        // Height rises along x alone: the line of height 1/2 is the straight line x = 0 on the surface.
        DoubleBinaryOperator slope = (x, y) -> 0.5 + 0.3 * x;
        Camera camera = Camera.showing(
                new Box(GROUND, 1), new Pose(random.nextDouble(-40, 40), random.nextDouble(35, 60), 6.5), VIEWPORT);
        Picture picture = render(field(slope), camera, 2);
        for (int i = 0; i < 200; i++) {
            double y = random.nextDouble(-0.95, 0.95);
            double px = camera.x(0, y, 0.5);
            double py = camera.y(0, y, 0.5);
            double darkest = Double.POSITIVE_INFINITY;
            double at = Double.NaN;
            double x0 = camera.x(-0.15, y, slope.applyAsDouble(-0.15, y));
            double y0 = camera.y(-0.15, y, slope.applyAsDouble(-0.15, y));
            double length = Math.hypot(px - x0, py - y0);
            for (double along = -12; along <= 12; along += 0.25) {
                double qx = px + along * (px - x0) / length;
                double qy = py + along * (py - y0) / length;
                double light = brightness(picture, qx, qy);
                if (light < darkest) {
                    darkest = light;
                    at = along;
                }
            }
            assertThat(Math.abs(at))
                    .as("distance of the line from its place in pixels, y = %s, seed %d", y, seed)
                    // Any pixel of the line, which is two wide, may be the darkest; its colour is that of its centre.
                    .isLessThanOrEqualTo(1 + Math.sqrt(0.5));
        }
    }

    @Test
    void leavesHolesWhereThereAreNoHeights() {
        int n = 65;
        float[] heights = new float[n * n];
        for (int i = 0; i < heights.length; i++) {
            boolean hole = Math.abs(i % n - 32) < 8 && Math.abs(i / n - 32) < 8;
            heights[i] = hole ? Float.NaN : 0.8f;
        }
        HeightField field = new HeightField(n, n, 1);
        field.setHeights(heights);
        Camera camera = Camera.showing(new Box(GROUND, 1), new Pose(30, 80, 6.5), VIEWPORT);
        Picture picture = render(field, camera, 2);
        int middle = pixel(camera, 0);
        // Neither surface nor ground: the ground shows the same hole.
        assertThat(picture.pixels()[middle]).isEqualTo(0xFF00FF);
        int beside = pixel(camera, 0.7);
        assertThat(picture.nearness()[beside]).isGreaterThan(0);
    }

    @Test
    void drawsTheSameWithAnyNumberOfSamplesAwayFromOutlines() {
        Camera camera = camera();
        HeightField field = field(Shape.PARABOLOID.height);
        int[] once = render(field, camera, 1).pixels().clone();
        int[] four = render(field, camera, 2).pixels();
        int differing = 0;
        for (int i = 0; i < once.length; i++) {
            int worst = 0;
            for (int shift = 0; shift <= 16; shift += 8) {
                worst = Math.max(worst, Math.abs(((once[i] >> shift) & 0xFF) - ((four[i] >> shift) & 0xFF)));
            }
            differing += worst > 12 ? 1 : 0;
        }
        // Outlines and contour lines are a few thousand pixels of 307,200.
        assertThat(differing).as("pixels that differ, seed %d", seed).isLessThan(once.length / 40);
    }

    private static int pixel(Camera camera, double x) {
        int row = (int) Math.floor(camera.y(x, 0, 0.8));
        int column = (int) Math.floor(camera.x(x, 0, 0.8));
        return row * WIDTH + column;
    }

    private Camera camera() {
        Pose pose = new Pose(random.nextDouble(0, 360), random.nextDouble(25, 65), 6.5);
        return Camera.showing(new Box(GROUND, 1), pose, VIEWPORT);
    }

    private static HeightField field(DoubleBinaryOperator height) {
        return field(height, 193);
    }

    private static HeightField field(DoubleBinaryOperator height, int n) {
        float[] heights = new float[n * n];
        for (int row = 0; row < n; row++) {
            for (int column = 0; column < n; column++) {
                heights[row * n + column] =
                        (float) height.applyAsDouble(2.0 * column / (n - 1) - 1, 2.0 * row / (n - 1) - 1);
            }
        }
        HeightField field = new HeightField(n, n, 1);
        field.setHeights(heights);
        return field;
    }

    private static Picture render(HeightField field, Camera camera, int samples) {
        Picture picture = new Picture(WIDTH, HEIGHT);
        int[] background = new int[WIDTH * HEIGHT];
        java.util.Arrays.fill(background, 0xFF00FF);
        picture.clear(background);
        ContourLevels levels = new ContourLevels(new double[] {0.25, 0.5, 0.75});
        ShadingOptions shading = new ShadingOptions(ColorMap.VIRIDIS, levels, 0, 1, 0xFFFFFF, 0.4, 0x888888, 2);
        new HeightFieldRenderer(samples).render(picture, field, new View(camera, VIEWPORT, shading, GROUND));
        return picture;
    }

    private static double brightness(Picture picture, double x, double y) {
        int color = picture.pixels()[(int) Math.floor(y) * WIDTH + (int) Math.floor(x)];
        return ((color >> 16) & 0xFF) + ((color >> 8) & 0xFF) + (color & 0xFF);
    }
}
