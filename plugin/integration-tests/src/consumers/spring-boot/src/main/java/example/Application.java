package example;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.thalweg.listener.LandscapeListener;
import org.thalweg.listener.Schedule;
import org.thalweg.objective.Probe;
import org.thalweg.recording.RunReader;

/** Spring Boot trains, with the registry that it injects. */
@SpringBootApplication
public class Application implements CommandLineRunner {

    private final MeterRegistry registry;

    public Application(MeterRegistry registry) {
        this.registry = registry;
    }

    public static void main(String[] args) {
        SpringApplication.run(Application.class, args);
    }

    @Override
    public void run(String... args) throws Exception {
        Path run = Path.of(args[0]);
        DataSet data = TrainWithListener.data(64);
        MultiLayerNetwork network = TrainWithListener.network();
        try (LandscapeListener landscape = LandscapeListener.builder(network)
                .probe(Probe.of(data))
                .schedule(Schedule.everyIterations(5))
                .grid(5)
                .recordTo(run)
                .meterRegistry(registry)
                .build()) {
            network.addListeners(landscape);
            for (int i = 0; i < 10; i++) {
                network.fit(data);
            }
            System.out.println("gauge " + registry.get("thalweg.loss").gauge().value());
        }
        for (long iteration : RunReader.open(run).iterations()) {
            System.out.println("frame " + iteration);
        }
    }
}
