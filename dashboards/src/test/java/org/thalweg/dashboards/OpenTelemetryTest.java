package org.thalweg.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.Clock;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.thalweg.frame.Frame;
import org.thalweg.metrics.FrameMetrics;
import org.thalweg.testing.RandomFrames;
import org.thalweg.testing.Seeds;

/** Micrometer's OTLP registry sends a run's meters to a receiver of this process, as it does to a collector. */
class OpenTelemetryTest {

    private static final long SEED = Seeds.fresh("OpenTelemetryTest");

    private static final int LIMIT_SECONDS = 30;

    @Test
    void metersArriveWithNameValueAndAttributes() throws Exception {
        Frame frame = new RandomFrames(new Random(SEED)).frame(1234);
        ExportMetricsServiceRequest request = sent(frame);
        Map<String, Metric> metrics = new HashMap<>();
        request.getResourceMetrics(0)
                .getScopeMetricsList()
                .forEach(scope -> scope.getMetricsList().forEach(metric -> metrics.put(metric.getName(), metric)));
        assertThat(metrics).as(seed()).containsKeys("thalweg.loss", "thalweg.iteration", "thalweg.recorded.frames");
        assertThat(value(metrics, "thalweg.loss", Map.of("run", "lenet", "probe", "train")))
                .as(seed())
                .isEqualTo(frame.loss());
        assertThat(value(metrics, "thalweg.iteration", Map.of("run", "lenet")))
                .as(seed())
                .isEqualTo(1234);
        frame.quantities()
                .forEach((name, value) -> assertThat(
                                value(metrics, "thalweg.quantity", Map.of("run", "lenet", "name", name)))
                        .as(seed())
                        .isEqualTo(value));
        frame.curvature()
                .lambdaMax()
                .ifPresent(largest -> assertThat(value(
                                metrics,
                                "thalweg.sharpness",
                                Map.of(
                                        "run",
                                        "lenet",
                                        "method",
                                        frame.curvature().method())))
                        .as(seed())
                        .isEqualTo(largest.value()));
    }

    private static ExportMetricsServiceRequest sent(Frame frame) throws Exception {
        BlockingQueue<byte[]> bodies = new LinkedBlockingQueue<>();
        HttpServer collector = collector(bodies);
        OtlpMeterRegistry registry =
                new OtlpMeterRegistry(config(collector.getAddress().getPort()), Clock.SYSTEM);
        try (FrameMetrics metrics = new FrameMetrics(registry, "lenet")) {
            metrics.frame(frame);
            // Closing publishes what has not been published.
            registry.close();
            byte[] body = bodies.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            assertThat(body).as("a request within %d s", LIMIT_SECONDS).isNotNull();
            return ExportMetricsServiceRequest.parseFrom(body);
        } finally {
            registry.close();
            collector.stop(0);
        }
    }

    private static HttpServer collector(BlockingQueue<byte[]> bodies) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/metrics", exchange -> {
            bodies.add(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static OtlpConfig config(int port) {
        Map<String, String> settings =
                Map.of("otlp.url", "http://127.0.0.1:" + port + "/v1/metrics", "otlp.step", "1h");
        return new OtlpConfig() {
            @Override
            public @Nullable String get(String key) {
                return settings.get(key);
            }
        };
    }

    /** The value of a gauge's point with exactly these attributes. */
    private static double value(Map<String, Metric> metrics, String name, Map<String, String> attributes) {
        Metric metric = Objects.requireNonNull(metrics.get(name), () -> seed() + ": " + name);
        List<NumberDataPoint> points = metric.getGauge().getDataPointsList().stream()
                .filter(point -> attributes(point).equals(attributes))
                .toList();
        assertThat(points).as("%s: %s with %s", seed(), name, attributes).hasSize(1);
        return points.get(0).getAsDouble();
    }

    private static Map<String, String> attributes(NumberDataPoint point) {
        Map<String, String> attributes = new HashMap<>();
        for (KeyValue attribute : point.getAttributesList()) {
            attributes.put(attribute.getKey(), attribute.getValue().getStringValue());
        }
        return attributes;
    }

    private static String seed() {
        return "seed " + SEED;
    }
}
