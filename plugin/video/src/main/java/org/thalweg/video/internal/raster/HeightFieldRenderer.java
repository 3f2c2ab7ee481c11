package org.thalweg.video.internal.raster;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.thalweg.video.internal.raster.Camera.Viewport;
import org.thalweg.video.internal.raster.ProjectedGrid.Bands;
import org.thalweg.video.internal.raster.SurfaceShader.Lights;

/**
 * Draws a height field and its ground into a picture. Visibility is sampled {@code samples} x {@code samples} times per
 * pixel; colour is computed once per pixel where the samples see the same piece of the surface, so only outlines cost
 * more. Bands of rows are drawn in parallel. Thread-safe.
 */
public final class HeightFieldRenderer {

    /** Rows of pixels per band, so few that its samples stay in the second-level cache. */
    private static final int BAND = 24;

    /** Samples further apart than this many cells of the grid see different pieces. */
    private static final float SAME = 2.5f;

    private final int samples;
    private final Queue<SampleBand> spare = new ConcurrentLinkedQueue<>();

    /** A renderer with {@code samples} x {@code samples} samples per pixel: 1 for speed, 2 for smooth outlines. */
    public HeightFieldRenderer(int samples) {
        if (samples < 1 || samples > 4) {
            throw new IllegalArgumentException("samples a pixel's side must be 1 to 4, got " + samples);
        }
        this.samples = samples;
    }

    /** Camera, area of the picture and shading; the ground lies at z = {@code groundZ}, below the height field. */
    public record View(Camera camera, Viewport viewport, ShadingOptions shading, double groundZ) {}

    /** Lights the height field for the view and draws it over the picture. */
    public void render(Picture picture, HeightField field, View view) {
        Lights lights = lights(view.camera());
        float[] key = lights.key();
        Illumination.light(field, new double[] {key[0], key[1], key[2]});
        SurfaceShader shader = new SurfaceShader(field, view.camera(), view.shading(), lights);
        Region region = Region.of(view.viewport(), picture);
        if (region.width() == 0 || region.height() == 0) {
            return;
        }
        int count = (region.height() + BAND - 1) / BAND;
        Bands bands = new Bands(samples, region.left(), region.top(), BAND * samples, count);
        ProjectedGrid ground = ProjectedGrid.ground(field, view.camera(), bands, view.groundZ());
        ProjectedGrid surface = ProjectedGrid.surface(field, view.camera(), bands);
        IntStream.range(0, count).parallel().forEach(band -> {
            SampleBand seen = bandBuffer(region.width() * samples);
            seen.startAt(band * BAND * samples);
            surface.draw(band, seen);
            ground.draw(band, seen);
            int rows = Math.min(BAND, region.height() - band * BAND);
            for (int row = 0; row < rows; row++) {
                resolve(picture, region, shader, seen, band * BAND + row, row);
            }
            spare.add(seen);
        });
    }

    private record Region(int left, int top, int width, int height) {

        static Region of(Viewport viewport, Picture picture) {
            int left = Math.max(0, (int) Math.floor(viewport.x()));
            int top = Math.max(0, (int) Math.floor(viewport.y()));
            int right = Math.min(picture.width(), (int) Math.ceil(viewport.x() + viewport.width()));
            int bottom = Math.min(picture.height(), (int) Math.ceil(viewport.y() + viewport.height()));
            return new Region(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
        }
    }

    /** The key light comes from above the camera's left, the fill light from its right; both move with it. */
    private static Lights lights(Camera camera) {
        double[] back = camera.back();
        double azimuth = Math.atan2(back[1], back[0]);
        float[] key = direction(azimuth - Math.toRadians(75), Math.toRadians(42));
        float[] fill = direction(azimuth + Math.toRadians(70), Math.toRadians(30));
        float[] half = new float[3];
        double norm = Math.hypot(Math.hypot(key[0] + back[0], key[1] + back[1]), key[2] + back[2]);
        for (int i = 0; i < 3; i++) {
            half[i] = (float) ((key[i] + back[i]) / norm);
        }
        return new Lights(key, fill, half);
    }

    private static float[] direction(double azimuth, double elevation) {
        return new float[] {
            (float) (Math.cos(azimuth) * Math.cos(elevation)),
            (float) (Math.sin(azimuth) * Math.cos(elevation)),
            (float) Math.sin(elevation)
        };
    }

    private SampleBand bandBuffer(int width) {
        SampleBand band = spare.poll();
        return band != null && band.width == width ? band : new SampleBand(width, BAND * samples);
    }

    private void resolve(Picture picture, Region region, SurfaceShader shader, SampleBand seen, int row, int bandRow) {
        int[] pixels = picture.pixels();
        float[] nearness = picture.nearness();
        int out = (region.top() + row) * picture.width() + region.left();
        float y = region.top() + row + 0.5f;
        Seen pixel = new Seen(seen, samples);
        for (int column = 0; column < region.width(); column++, out++) {
            float x = region.left() + column + 0.5f;
            pixel.moveTo(bandRow * samples * seen.width + column * samples);
            if (pixel.nearest == 0) {
                continue;
            }
            nearness[out] = Math.max(nearness[out], pixel.nearest);
            int color = pixel.onePiece() ? pixel.once(shader, x, y) : -1;
            pixels[out] = color >= 0 ? color : pixel.each(shader, x, y, pixels[out]);
        }
    }

    /** The samples of one pixel. One thread reuses it for one pixel after another. */
    private static final class Seen {

        private final SampleBand band;
        private final int samples;
        private int first;
        private float nearest;
        private float furthest;
        private float near;
        private float u;
        private float v;
        private float leastU;
        private float mostU;
        private float leastV;
        private float mostV;

        Seen(SampleBand band, int samples) {
            this.band = band;
            this.samples = samples;
        }

        /** Moves to the pixel whose first sample this is. */
        void moveTo(int sample) {
            first = sample;
            near = band.nearness[first];
            u = band.u[first];
            v = band.v[first];
            nearest = near;
            furthest = near;
            leastU = u;
            mostU = u;
            leastV = v;
            mostV = v;
            for (int row = 0; row < samples; row++) {
                for (int column = row == 0 ? 1 : 0; column < samples; column++) {
                    add(first + row * band.width + column);
                }
            }
        }

        private void add(int i) {
            near += band.nearness[i];
            u += band.u[i];
            v += band.v[i];
            nearest = Math.max(nearest, band.nearness[i]);
            furthest = Math.min(furthest, band.nearness[i]);
            leastU = Math.min(leastU, band.u[i]);
            mostU = Math.max(mostU, band.u[i]);
            leastV = Math.min(leastV, band.v[i]);
            mostV = Math.max(mostV, band.v[i]);
        }

        boolean onePiece() {
            // Column 0 of the surface is 0 and that of the ground is -1: too close to tell apart by distance.
            boolean oneSheet = leastU >= -0.5f || mostU < -0.5f;
            return furthest != 0 && oneSheet && mostU - leastU <= SAME && mostV - leastV <= SAME;
        }

        int once(SurfaceShader shader, float x, float y) {
            float share = 1f / (samples * samples);
            return shader.shade(u * share, v * share, near * share, x, y);
        }

        int each(SurfaceShader shader, float x, float y, int behind) {
            int red = 0;
            int green = 0;
            int blue = 0;
            for (int row = 0; row < samples; row++) {
                for (int column = 0; column < samples; column++) {
                    int i = first + row * band.width + column;
                    int color = band.nearness[i] == 0 ? -1 : shader.shade(band.u[i], band.v[i], band.nearness[i], x, y);
                    int shown = color < 0 ? behind : color;
                    red += (shown >> 16) & 0xFF;
                    green += (shown >> 8) & 0xFF;
                    blue += shown & 0xFF;
                }
            }
            int count = samples * samples;
            int half = count / 2;
            red = (red + half) / count;
            green = (green + half) / count;
            blue = (blue + half) / count;
            return (red << 16) | (green << 8) | blue;
        }
    }
}
