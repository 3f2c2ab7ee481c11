package org.thalweg.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession.CloseableSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.DependencyNode;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactDescriptorPolicy;
import org.eclipse.aether.resolution.ArtifactDescriptorRequest;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.supplier.SessionBuilderSupplier;
import org.eclipse.aether.util.graph.transformer.ConfigurableVersionSelector;
import org.eclipse.aether.util.graph.visitor.NodeListGenerator;
import org.eclipse.aether.util.graph.visitor.PreorderDependencyNodeConsumerVisitor;
import org.eclipse.aether.util.repository.SimpleArtifactDescriptorPolicy;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The installed POMs as Gradle resolves them: of two versions the higher one wins wherever it stands, a BOM's versions are
 * constraints, and no profile is heeded. Offline, from what {@link ConsumersIT}'s build has fetched or Maven has in its local
 * repository.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class HighestVersionIT {

    private static final String DL4J = BuildProperties.get("consumers.dl4j");

    @BeforeAll
    static void fetch() throws Exception {
        ConsumerProjects.built();
    }

    /** With video, Thalweg's own is the highest that logback 1.2 works with; whoever takes the nearest takes logback's. */
    @ParameterizedTest
    @CsvSource({"core, 1.2.13, 1.7.", "video, 1.2.13, 1.7.36", "core, 1.5.21, 2.0.", "video, 1.5.21, 2.0."})
    void aUsersLoggingDecidesOnItsApi(String module, String logback, String api) throws Exception {
        List<Artifact> resolved = resolve(
                thalweg(module),
                new DefaultArtifact("org.deeplearning4j:deeplearning4j-nn:" + DL4J),
                new DefaultArtifact("ch.qos.logback:logback-classic:" + logback));
        assertThat(resolved)
                .filteredOn(artifact -> artifact.getArtifactId().equals("slf4j-api"))
                .singleElement()
                .satisfies(artifact -> assertThat(artifact.getVersion()).startsWith(api));
    }

    /** Without profiles by operating system a classifier must not stay a placeholder. */
    @Test
    void filmsHaveTheirNativeCode() throws Exception {
        assertThat(resolve(thalweg("video")))
                .noneMatch(artifact -> artifact.toString().contains("${"))
                .anyMatch(artifact -> artifact.getArtifactId().equals("ffmpeg")
                        && artifact.getClassifier().equals("linux-x86_64"));
    }

    /** What the BOM names, and nothing that only Thalweg's own build manages. */
    @Test
    void theBomNamesThalwegsJarsAlone() throws Exception {
        RepositorySystem system = new RepositorySystemSupplier().get();
        try (CloseableSession session = session(system)) {
            List<Dependency> managed = system.readArtifactDescriptor(
                            session,
                            new ArtifactDescriptorRequest(
                                    new DefaultArtifact("org.thalweg", "thalweg-bom", "pom", version()),
                                    caches(),
                                    null))
                    .getManagedDependencies();
            assertThat(managed)
                    .extracting(dependency -> dependency.getArtifact().getArtifactId())
                    .containsExactlyInAnyOrder(Stream.of("frame", "core", "cuda", "video", "viewer", "spark", "cli")
                            .map(name -> "thalweg-" + name)
                            .toArray(String[]::new));
            assertThat(managed)
                    .extracting(dependency -> dependency.getArtifact().getVersion())
                    .containsOnly(version());
        } finally {
            system.shutdown();
        }
    }

    private static List<Artifact> resolve(Artifact... direct) throws Exception {
        RepositorySystem system = new RepositorySystemSupplier().get();
        try (CloseableSession session = session(system)) {
            CollectRequest request = new CollectRequest(
                    Stream.of(direct)
                            .map(artifact -> new Dependency(artifact, "compile"))
                            .toList(),
                    List.of(),
                    caches());
            DependencyNode root = system.collectDependencies(session, request).getRoot();
            NodeListGenerator nodes = new NodeListGenerator();
            root.accept(new PreorderDependencyNodeConsumerVisitor(nodes));
            return new ArrayList<>(nodes.getNodes().stream()
                    .map(DependencyNode::getArtifact)
                    .filter(artifact -> artifact != null)
                    .toList());
        } finally {
            system.shutdown();
        }
    }

    private static CloseableSession session(RepositorySystem system) {
        SessionBuilderSupplier supplier = new SessionBuilderSupplier(system) {
            @Override
            protected ArtifactDescriptorPolicy getArtifactDescriptorPolicy() {
                // A POM that is missing fails the test.
                return new SimpleArtifactDescriptorPolicy(false, false);
            }
        };
        return supplier.get()
                .withLocalRepositories(
                        new LocalRepository(Path.of(BuildProperties.get("consumers.repository")), "simple"))
                .setSystemProperties(Map.of("java.version", System.getProperty("java.version")))
                .setConfigProperty(
                        ConfigurableVersionSelector.CONFIG_PROP_SELECTION_STRATEGY,
                        ConfigurableVersionSelector.HIGHEST_SELECTION_STRATEGY)
                // The other collector waits for ever when one of its threads fails.
                .setConfigProperty("aether.dependencyCollector.impl", "df")
                .build();
    }

    /** Maven's own local repository, read as if it were a remote one. */
    private static List<RemoteRepository> caches() {
        return List.of(new RemoteRepository.Builder(
                        "cache",
                        "default",
                        Path.of(BuildProperties.get("consumers.cache")).toUri().toString())
                .build());
    }

    private static Artifact thalweg(String name) {
        return new DefaultArtifact("org.thalweg:thalweg-" + name + ":" + version());
    }

    private static String version() {
        return BuildProperties.get("thalweg.version");
    }
}
